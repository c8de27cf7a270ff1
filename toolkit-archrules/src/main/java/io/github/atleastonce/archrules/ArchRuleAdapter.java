package io.github.atleastonce.archrules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.github.atleastonce.archrules.rules.Rule;
import java.util.List;
import java.util.function.Function;

/** Shows a rule to ArchUnit. ArchUnit asks about elements; the one element here is the whole import. */
final class ArchRuleAdapter {

    private ArchRuleAdapter() {}

    static ArchRule of(Rule rule, Function<JavaClasses, Report> reports) {
        return ArchRuleDefinition.all(new AbstractClassesTransformer<JavaClasses>("architecture of events") {
                    @Override
                    public Iterable<JavaClasses> doTransform(JavaClasses classes) {
                        return List.of(classes);
                    }
                })
                .should(new ArchCondition<>("keep " + rule.id()) {
                    @Override
                    public void check(JavaClasses classes, ConditionEvents events) {
                        reports.apply(classes).result(rule.id()).ifPresent(result -> {
                            if (result.isFailure()) {
                                events.add(SimpleConditionEvent.violated(classes, result.message()));
                            } else if (result.hasFindings()) {
                                System.getLogger(rule.id()).log(System.Logger.Level.WARNING, result.message());
                            }
                        });
                    }
                });
    }
}
