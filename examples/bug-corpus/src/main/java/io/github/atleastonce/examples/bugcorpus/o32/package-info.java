/**
 * Goes on after a row that failed: a later one of its key overtakes it
 *
 * <p>Met in: dotnetcore/CAP #1078.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.o32;

import org.jspecify.annotations.NullMarked;
