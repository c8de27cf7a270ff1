/**
 * Applies without a look at the version: a newer state is overwritten
 *
 * <p>Met in: laravel cashier-stripe #1201.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.c13;

import org.jspecify.annotations.NullMarked;
