/**
 * Sends within the transaction: a phantom event
 *
 * <p>Met in: apache incubator-kie-issues #2270.
 */
@NullMarked
package io.github.atleastonce.examples.bugcorpus.o22;

import org.jspecify.annotations.NullMarked;
