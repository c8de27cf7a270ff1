/**
 * Stores the marker before the work has succeeded: lost
 *
 * <p>Met in: dj-stripe #832.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.c3;

import org.jspecify.annotations.NullMarked;
