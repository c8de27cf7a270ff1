/**
 * Two relays share rows by locks that no transaction holds: the order is lost
 *
 * <p>Met in: hand-written relays.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.o30;

import org.jspecify.annotations.NullMarked;
