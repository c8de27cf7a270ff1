/**
 * Sagas: what a business process of several services promises, whether somebody orchestrates it or each service reacts to what the others say.
 *
 * <p>A {@link io.github.atleastonce.saga.Saga} says by what one shows that a step was done or undone, and how the process ends. An assertion about
 * {@link io.github.atleastonce.saga.Sagas} looks at effects once all is quiet: messages that services have sent, each counted once however often it
 * was sent again, and rows. What may have happened, and nobody knows, is no failure.
 */
@NullMarked
package io.github.atleastonce.saga;

import org.jspecify.annotations.NullMarked;
