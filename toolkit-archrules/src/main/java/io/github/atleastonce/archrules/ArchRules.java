package io.github.atleastonce.archrules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import io.github.atleastonce.archrules.model.Architecture;
import io.github.atleastonce.archrules.rules.Rule;
import io.github.atleastonce.archrules.rules.RuleSet;
import io.github.atleastonce.archrules.rules.Rules;

/**
 * Shows rules of the catalogue to ArchUnit's {@code @ArchTest}, for a project whose contexts need no declaration.
 *
 * <p>The base package is that of the class annotated {@code @SpringBootApplication}, or else the longest package that all
 * classes have in common. Use {@link ArchitectureCheck#archRule} where something is declared.
 */
public final class ArchRules {

    private static final Told TOLD = new Told();

    private static final Reports DISCOVERED = new Reports(classes -> check(classes, Rules.CATALOGUE));

    private ArchRules() {}

    /**
     * Shows a rule to ArchUnit. All rules of the catalogue share one model of an import.
     *
     * @param rule a rule of the catalogue, or one of your own
     * @return the rule as ArchUnit knows rules; warnings are logged
     */
    public static ArchRule of(Rule rule) {
        boolean ofCatalogue =
                Rules.CATALOGUE.rules().stream().anyMatch(other -> other.id().equals(rule.id()));
        return ArchRuleAdapter.of(
                rule, ofCatalogue ? DISCOVERED : new Reports(classes -> check(classes, RuleSet.of(rule))));
    }

    private static Report check(JavaClasses classes, RuleSet rules) {
        return ArchitectureCheck.of(Architecture.discoveredIn(classes), TOLD)
                .rules(rules)
                .run(classes);
    }
}
