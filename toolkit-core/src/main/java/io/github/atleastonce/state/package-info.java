/**
 * What the rest of a run depends on, so that two runs can be found to be in the same state.
 *
 * <p>Whatever takes part in a run says by {@link io.github.atleastonce.state.Captured} what it would go on with, into a
 * {@link io.github.atleastonce.state.Snapshot}. Who does not implement it cannot be seen, and then nothing is concluded from states. Objects of
 * services are read field by field.
 */
@NullMarked
package io.github.atleastonce.state;

import org.jspecify.annotations.NullMarked;
