/**
 * Writes the outbox row in a transaction of its own
 *
 * <p>Met in: quarkus #39848.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.o25;

import org.jspecify.annotations.NullMarked;
