/**
 * Assertions that hold under faults, for AssertJ. They settle the scenario first, and look at what a run has left: the
 * messages in its history, the transactions of its databases, the rows of an outbox.
 *
 * <p>{@link io.github.atleastonce.check.Outbox} and {@link io.github.atleastonce.check.Effect} are asserted by AssertJ's own
 * {@code assertThat}. Duplicates are legal to all of them: losses, phantoms
 * and effects that happen twice are not. AssertJ is an optional dependency that this room needs.
 */
@NullMarked
package io.github.atleastonce.check;

import org.jspecify.annotations.NullMarked;
