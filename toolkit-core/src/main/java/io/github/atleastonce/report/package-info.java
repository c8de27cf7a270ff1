/**
 * Tells how an exploration ended: as a short story for whoever reads a failed build.
 *
 * <p>{@link io.github.atleastonce.report.Story} is a pure function of an {@link io.github.atleastonce.explore.Outcome}. The story of a
 * failure says how much was run before it, what happened in the failing run row by row, what the test's own assertion said, and
 * the line that replays it. Stories show real keys and positions, for people; the token names the same things by stable
 * labels, so that it still fits when keys change.
 */
@NullMarked
package io.github.atleastonce.report;

import org.jspecify.annotations.NullMarked;
