/**
 * The rules: what an architecture of events should be like, why, and how to mend it.
 *
 * <p>A {@link io.github.atleastonce.archrules.rules.Rule} looks at an
 * {@link io.github.atleastonce.archrules.model.EventModel} and returns violations, at most one for each cause rather than
 * one for each access. Each stands with its check as one object, in a class for its theme such as
 * {@link io.github.atleastonce.archrules.rules.OutboxRules}; {@link io.github.atleastonce.archrules.rules.Rules} gathers them,
 * {@link io.github.atleastonce.archrules.rules.RuleSet} picks some. The ids are stable: exemptions and frozen
 * violations are kept by them. A rule that may give a false alarm only warns.
 */
@NullMarked
package io.github.atleastonce.archrules.rules;

import org.jspecify.annotations.NullMarked;
