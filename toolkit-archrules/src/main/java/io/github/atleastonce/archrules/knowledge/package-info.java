/**
 * What is known of messaging frameworks, kept as data.
 *
 * <p>No bytecode says that {@code KafkaTemplate.send} reaches a broker or that {@code @KafkaListener} makes a method a
 * consumer. This room holds such facts as lines of text, one fact a line, so that a framework is added without
 * touching code. {@link io.github.atleastonce.archrules.knowledge.Knowledge} reads them and answers what a type or an
 * annotation is; user lines are added to the standard ones.
 */
@NullMarked
package io.github.atleastonce.archrules.knowledge;

import org.jspecify.annotations.NullMarked;
