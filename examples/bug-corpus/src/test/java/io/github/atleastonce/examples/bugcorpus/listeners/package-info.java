/** Bugs that take a listener of Spring's, on a real Kafka and a real PostgreSQL. */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.listeners;

import org.jspecify.annotations.NullMarked;
