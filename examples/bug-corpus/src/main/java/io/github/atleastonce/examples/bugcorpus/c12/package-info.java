/**
 * Reads, computes and writes, while another does the same: lost update
 *
 * <p>Met in: wolverine #3414, Rebus #1129.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.c12;

import org.jspecify.annotations.NullMarked;
