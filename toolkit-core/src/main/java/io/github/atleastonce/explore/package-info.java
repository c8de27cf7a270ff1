/**
 * The exploration that strings runs together: which run comes next, and what the result of each means.
 *
 * <p>An {@link io.github.atleastonce.explore.Exploration} performs the fault-free run twice, then the schedules of the explorer,
 * a suspect one again before it is reported, and the fault-free run once more. Its {@link io.github.atleastonce.explore.Outcome}
 * is a {@link io.github.atleastonce.explore.Claim} about what was exhausted, or the smallest failure.
 */
@NullMarked
package io.github.atleastonce.explore;

import org.jspecify.annotations.NullMarked;
