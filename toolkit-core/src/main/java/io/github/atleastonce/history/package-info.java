/**
 * What happened in a run, as plain values: stories, checks and comparisons are pure functions of a
 * {@link io.github.atleastonce.history.History}.
 */
@NullMarked
package io.github.atleastonce.history;

import org.jspecify.annotations.NullMarked;
