/**
 * Counts by adding one: counted twice
 *
 * <p>Met in: protean #1042.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.c11;

import org.jspecify.annotations.NullMarked;
