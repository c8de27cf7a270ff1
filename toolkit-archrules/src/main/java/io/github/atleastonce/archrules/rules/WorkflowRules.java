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
public final class WorkflowRules {

    private WorkflowRules() {}

    /** Replayed code gives the same answers. */
    public static final Rule WORKFLOWS_SHOULD_BE_DETERMINISTIC = Rule.of(
            "workflows_should_be_deterministic",
            Theme.WORKFLOWS,
            Severity.ERROR,
            "the engine replays the workflow, and another answer sends it down another path.",
            "ask the engine: Workflow.currentTimeMillis, newRandom, randomUUID, sleep, Async.",
            WorkflowRules::deterministic);

    private static List<Violation> deterministic(EventModel model) {
        return inWorkflows(model, "calls", Role.NONDETERMINISTIC);
    }

    /** The world is touched in activities. */
    public static final Rule WORKFLOWS_SHOULD_DO_IO_IN_ACTIVITIES = Rule.of(
            "workflows_should_do_io_in_activities",
            Theme.WORKFLOWS,
            Severity.ERROR,
            "I/O in workflow code happens again at each replay.",
            "move it to an activity.",
            WorkflowRules::ioInActivities);

    private static List<Violation> ioInActivities(EventModel model) {
        return inWorkflows(model, "does", Role.IO, Role.REMOTE, Role.WRITE, Role.SEND);
    }

    private static List<Violation> inWorkflows(EventModel model, String verb, Role... roles) {
        List<Violation> violations = new ArrayList<>();
        for (JavaClass type : model.project().classes()) {
            if (model.types().is(type, Role.WORKFLOW) && !type.isInterface()) {
                Map<String, Effect> found = new LinkedHashMap<>();
                for (JavaMethod method : Members.methodsOf(type)) {
                    Reach reach = model.walks().from(method);
                    for (Effect effect : reach.effects(roles)) {
                        boolean inActivity = reach.pathTo(effect.origin()).stream()
                                .anyMatch(step -> model.types().is(step.getOwner(), Role.ACTIVITY));
                        if (!inActivity) {
                            found.putIfAbsent(effect.at() + effect.call(), effect);
                        }
                    }
                }
                if (!found.isEmpty()) {
                    violations.add(Violation.of(
                            Messages.prefix(model, type) + type.getSimpleName(),
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
