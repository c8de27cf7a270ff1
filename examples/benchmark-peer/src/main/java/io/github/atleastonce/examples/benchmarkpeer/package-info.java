/**
 * The embedded broker of spring-kafka-test, for comparison. In a module of its own, since it wants another Kafka on its class path.
 */
@NullMarked
package io.github.atleastonce.examples.benchmarkpeer;

import org.jspecify.annotations.NullMarked;
