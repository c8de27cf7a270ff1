/**
 * Recognises its row by the event: equal events complete each other
 *
 * <p>Met in: spring-modulith #25.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.o35;

import org.jspecify.annotations.NullMarked;
