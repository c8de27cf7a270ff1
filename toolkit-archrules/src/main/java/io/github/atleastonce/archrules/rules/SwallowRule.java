package io.github.atleastonce.archrules.rules;

import static io.github.atleastonce.archrules.knowledge.Role.FAILURE_ROUTE;
import static io.github.atleastonce.archrules.knowledge.Role.LOG;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.bytecode.CatchBlock;
import io.github.atleastonce.archrules.bytecode.Invocation;
import io.github.atleastonce.archrules.bytecode.MethodCode;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.Consumption;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds listeners that catch whatever goes wrong and only log it.
 *
 * <p>What a catch block calls is followed one step into the project's own code; whatever is neither logging nor known is
 * taken to be proper handling, since a false alarm is worse than a miss.
 */
final class SwallowRule {

    private static final Set<String> BROAD =
            Set.of("java.lang.Throwable", "java.lang.Exception", "java.lang.RuntimeException", "java.lang.Error");

    private final EventModel model;

    SwallowRule(EventModel model) {
        this.model = model;
    }

    List<Violation> violations() {
        Map<JavaCodeUnit, List<String>> found = new LinkedHashMap<>();
        for (Consumption listener : ConsumerRules.fromBrokers(model)) {
            for (JavaCodeUnit method : model.methodsFrom(listener.method())) {
                if (method.getOwner().equals(listener.method().getOwner()) && !found.containsKey(method)) {
                    found.put(method, swallowed(method));
                }
            }
        }
        List<Violation> violations = new ArrayList<>();
        found.forEach((method, details) -> {
            if (!details.isEmpty()) {
                violations.add(
                        Violation.of(Messages.place(model, method), details, Messages.where(model, List.of(method))));
            }
        });
        return violations;
    }

    private List<String> swallowed(JavaCodeUnit method) {
        List<String> details = new ArrayList<>();
        for (MethodCode body : model.bodiesOf(method)) {
            body.catchBlocks().stream()
                    .filter(this::swallows)
                    .forEach(block -> details.add(
                            Messages.line("catches", simple(block.type()), Source.at(method, block.line()))));
        }
        return details;
    }

    private boolean swallows(CatchBlock block) {
        return BROAD.contains(block.type())
                && block.completes()
                && !block.answers()
                && block.guarded().stream().anyMatch(this::isWork)
                && block.calls().stream().allMatch(call -> onlyTells(call, 2));
    }

    /** Guarding a log line or a metric hides nothing; guarding the project's own code or a known effect does. */
    private boolean isWork(Invocation call) {
        return !isTelling(call)
                && (model.type(call.owner())
                                .map(type -> !type.isRecord() && !type.isEnum())
                                .orElse(false)
                        || model.isCall(call.owner(), call.name(), Role.WRITE)
                        || model.isCall(call.owner(), call.name(), Role.SEND)
                        || model.isCall(call.owner(), call.name(), Role.REMOTE)
                        || model.isCall(call.owner(), call.name(), Role.UNWRAP));
    }

    private boolean onlyTells(Invocation call, int depth) {
        if (model.isCall(call.owner(), call.name(), FAILURE_ROUTE)) {
            return false;
        }
        if (isTelling(call)) {
            return true;
        }
        return model.type(call.owner())
                .map(type -> type.isRecord() && !call.name().equals("<init>")
                        || depth > 0 && ownMethodOnlyTells(type, call, depth))
                .orElse(false);
    }

    private boolean ownMethodOnlyTells(JavaClass type, Invocation call, int depth) {
        List<JavaCodeUnit> called = type.getCodeUnits().stream()
                .filter(method -> method.getName().equals(call.name())
                        && method.getRawParameterTypes().size()
                                == call.arguments().size())
                .toList();
        return !called.isEmpty()
                && called.stream().allMatch(method -> {
                    List<MethodCode> bodies = model.bodiesOf(method);
                    return !bodies.isEmpty()
                            && bodies.stream()
                                    .allMatch(body -> body.endsOnlyByReturning()
                                            && body.calls().stream().allMatch(inner -> onlyTells(inner, depth - 1)));
                });
    }

    private boolean isTelling(Invocation call) {
        return model.isCall(call.owner(), call.name(), LOG)
                || call.owner().endsWith("Exception") && call.name().startsWith("get");
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
