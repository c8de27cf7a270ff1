/**
 * What happened in a run, as plain values: stories, checks and comparisons are pure functions of a
 * {@link io.github.atleastonce.history.History}.
 *
 * <p>An {@link io.github.atleastonce.history.Event} says itself how it is told, in the few shapes of a
 * {@link io.github.atleastonce.history.Narration}, and by what line two runs are compared. So a room in which something new happens adds
 * its events in its own package: neither the history nor the stories nor the exploration have to know them.
 */
@NullMarked
package io.github.atleastonce.history;

import org.jspecify.annotations.NullMarked;
