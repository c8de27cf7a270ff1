package io.github.atleastonce.archrules.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.Effect;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Members;
import io.github.atleastonce.archrules.model.Reach;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rules for code that a workflow engine replays. */
final class WorkflowRules {

    private WorkflowRules() {}

    static List<Violation> deterministic(EventModel model) {
        return inWorkflows(model, "calls", Role.NONDETERMINISTIC);
    }

    static List<Violation> ioInActivities(EventModel model) {
        return inWorkflows(model, "does", Role.IO, Role.REMOTE, Role.WRITE, Role.SEND);
    }

    private static List<Violation> inWorkflows(EventModel model, String verb, Role... roles) {
        List<Violation> violations = new ArrayList<>();
        for (JavaClass type : model.classes()) {
            if (model.is(type, Role.WORKFLOW) && !type.isInterface()) {
                Map<String, Effect> found = new LinkedHashMap<>();
                for (JavaMethod method : Members.methodsOf(type)) {
                    Reach reach = model.reachFrom(method);
                    for (Effect effect : reach.effects(roles)) {
                        boolean inActivity = reach.pathTo(effect.origin()).stream()
                                .anyMatch(step -> model.is(step.getOwner(), Role.ACTIVITY));
                        if (!inActivity) {
                            found.putIfAbsent(effect.at() + effect.call(), effect);
                        }
                    }
                }
                if (!found.isEmpty()) {
                    violations.add(Violation.of(
                            Messages.context(model, type) + ": " + type.getSimpleName(),
                            Messages.some(found.values().stream()
                                    .map(effect -> Messages.effect(verb, effect))
                                    .toList()),
                            Messages.where(model, type)));
                }
            }
        }
        return violations;
    }
}
