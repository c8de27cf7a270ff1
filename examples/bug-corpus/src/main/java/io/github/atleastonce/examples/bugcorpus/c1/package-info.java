/**
 * Looks for the marker, then inserts it, and no key stops the second
 *
 * <p>Met in: apache/camel PR 2943.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.c1;

import org.jspecify.annotations.NullMarked;
