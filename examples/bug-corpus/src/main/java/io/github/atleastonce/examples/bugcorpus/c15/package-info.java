/**
 * Dispatches its outputs again, under a new id, for a duplicate
 *
 * <p>Met in: NServiceBus #3070.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.c15;

import org.jspecify.annotations.NullMarked;
