/**
 * A broker by annotation.
 *
 * <p>{@link io.github.atleastonce.kafka.junit.KafkaBroker} on a test class starts one real broker for the whole JVM, creates
 * the topics that the class names before anything else of it runs, and tells Spring and other frameworks by their usual properties
 * where it is. Fault tests of the class then run over it. Classes share the broker and take turns.
 */
@NullMarked
package io.github.atleastonce.kafka.junit;

import org.jspecify.annotations.NullMarked;
