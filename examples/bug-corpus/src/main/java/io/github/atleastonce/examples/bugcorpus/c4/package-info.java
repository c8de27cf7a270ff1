/**
 * Stores the marker outside of the transaction of the work: doubled
 *
 * <p>Met in: AxonFramework #434.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.c4;

import org.jspecify.annotations.NullMarked;
