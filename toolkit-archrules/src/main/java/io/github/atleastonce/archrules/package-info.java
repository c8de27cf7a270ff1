/**
 * Checks the architecture of event-driven services: who publishes, who consumes, who knows whom.
 *
 * <p>Begin with an {@link io.github.atleastonce.archrules.model.Architecture}, pick
 * {@link io.github.atleastonce.archrules.rules.Rules}, and run them as an
 * {@link io.github.atleastonce.archrules.ArchitectureCheck}: by a plain call, as one JUnit node a rule
 * ({@link io.github.atleastonce.archrules.ArchitectureTest}), or as {@code ArchRule} constants
 * ({@link io.github.atleastonce.archrules.ArchitectureCheck#archRule}).
 *
 * <p>The {@link io.github.atleastonce.archrules.Report} holds what was found, and the model of the code, from which a
 * {@link io.github.atleastonce.archrules.map.CouplingMap} can be drawn.
 */
@NullMarked
package io.github.atleastonce.archrules;

import org.jspecify.annotations.NullMarked;
