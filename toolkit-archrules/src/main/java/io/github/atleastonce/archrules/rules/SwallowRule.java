package io.github.atleastonce.archrules.rules;

import static io.github.atleastonce.archrules.knowledge.Role.FAILURE_ROUTE;
import static io.github.atleastonce.archrules.knowledge.Role.LOG;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.bytecode.CatchBlock;
import io.github.atleastonce.archrules.bytecode.Invocation;
import io.github.atleastonce.archrules.bytecode.MethodCode;
import io.github.atleastonce.archrules.bytecode.Origin;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.Consumption;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds listeners that catch whatever goes wrong and only log it.
 *
 * <p>What a catch block calls is followed one step into the project's own code; whatever is neither logging nor known is
 * taken to be proper handling, since a false alarm is worse than a miss.
 */
final class SwallowRule {

    static final Rule RULE = Rule.of(
            "listeners_should_not_swallow_exceptions",
            Theme.CONSUMERS,
            Severity.ERROR,
            "the message counts as handled although it was not, and is lost without a trace.",
            "let the exception pass to the error handler, or send the message to a dead letter channel.",
            model -> new SwallowRule(model).violations());

    private static final Set<String> BROAD =
            Set.of("java.lang.Throwable", "java.lang.Exception", "java.lang.RuntimeException", "java.lang.Error");

    private static final int MAX_DELEGATES = 3;

    private final EventModel model;

    SwallowRule(EventModel model) {
        this.model = model;
    }

    List<Violation> violations() {
        Map<JavaCodeUnit, Optional<Violation>> found = new LinkedHashMap<>();
        List<Consumption> listeners = ConsumerRules.fromBrokers(model);
        for (Consumption listener : listeners) {
            for (JavaCodeUnit method : model.walks().methodsFrom(listener.method())) {
                if (method.getOwner().equals(listener.method().getOwner())) {
                    found.computeIfAbsent(method, key -> violation(List.of(key), swallowed(key)));
                }
            }
        }
        for (Consumption listener : listeners) {
            List<JavaCodeUnit> way = delegation(listener);
            for (int i = 1; i < way.size(); i++) {
                List<JavaCodeUnit> path = way.subList(0, i + 1);
                found.computeIfAbsent(way.get(i), key -> violation(path, swallowedWholly(key, listener.method())));
            }
        }
        return found.values().stream().flatMap(Optional::stream).toList();
    }

    private Optional<Violation> violation(List<JavaCodeUnit> path, List<String> details) {
        String way = path.stream().map(Source::name).collect(Collectors.joining(" → "));
        return details.isEmpty()
                ? Optional.empty()
                : Optional.of(Violation.of(
                                Messages.prefix(model, path.get(0).getOwner()) + way,
                                details,
                                Messages.where(model, path))
                        .causedBy(path.get(0).getOwner()));
    }

    private List<String> swallowed(JavaCodeUnit method) {
        List<String> details = new ArrayList<>();
        for (MethodCode body : model.code().bodiesOf(method)) {
            body.catchBlocks().stream()
                    .filter(this::swallows)
                    .forEach(block -> details.add(
                            Messages.line("catches", simple(block.type()), Source.at(method, block.line()))));
        }
        details.addAll(recoveredInSilence(method));
        return details;
    }

    /**
     * Where a pipeline or a future goes on after whatever went wrong. If anything in the method looks at failures of one kind only, or
     * does more with one than to tell of it, all of them are taken to be handled.
     */
    private List<String> recoveredInSilence(JavaCodeUnit method) {
        List<MethodCode> bodies = model.code().bodiesOf(method);
        List<Invocation> calls =
                bodies.stream().flatMap(body -> body.calls().stream()).toList();
        List<Invocation> recoveries = calls.stream()
                .filter(call -> model.types().isCall(call.owner(), call.name(), Role.RECOVER))
                .toList();
        boolean isHandled = recoveries.isEmpty()
                || calls.stream().noneMatch(this::isWork)
                || calls.stream()
                        .filter(call -> recoveries.contains(call)
                                || model.types().isCall(call.owner(), call.name(), Role.ON_FAILURE))
                        .flatMap(call -> call.arguments().stream())
                        .anyMatch(argument -> !BROAD.containsAll(argument.classLiterals())
                                || argument.handlers().stream().anyMatch(handler -> !onlyTells(bodies, handler)));
        return isHandled
                ? List.of()
                : recoveries.stream()
                        .map(call -> Messages.line(
                                "resumes", simple(call.owner()) + "." + call.name(), Source.at(method, call.line())))
                        .toList();
    }

    private boolean onlyTells(List<MethodCode> bodies, String handler) {
        return bodies.stream()
                .anyMatch(body -> body.name().equals(handler.substring(handler.indexOf('#') + 1))
                        && body.endsOnlyByReturning()
                        && !answers(body.returned())
                        && body.calls().stream()
                                .allMatch(call -> onlyTells(call, 2)
                                        || model.types().isCall(call.owner(), call.name(), Role.NOTHING)));
    }

    /** An object of the project's own that is not just what came in goes on in the place of the result. */
    private boolean answers(Origin returned) {
        return returned.types().stream()
                .anyMatch(type -> model.project().type(type).isPresent()
                        && (returned.parameters().isEmpty() || returned.made().contains(type)));
    }

    /** The listener, and the methods to which it leaves all of its work, one after the other. */
    private List<JavaCodeUnit> delegation(Consumption listener) {
        List<JavaCodeUnit> way = new ArrayList<>(List.of(listener.method()));
        while (way.size() <= MAX_DELEGATES) {
            Optional<JavaCodeUnit> next = onlyWorkOf(way.get(way.size() - 1), listener);
            if (next.isEmpty() || way.contains(next.get())) {
                break;
            }
            way.add(next.get());
        }
        return way;
    }

    private Optional<JavaCodeUnit> onlyWorkOf(JavaCodeUnit method, Consumption listener) {
        List<MethodCode> bodies = model.code().bodiesOf(method);
        if (bodies.isEmpty()) {
            return Optional.empty();
        }
        List<Invocation> work = bodies.get(0).calls().stream()
                .filter(call -> isWork(call) && !listener.types().contains(call.owner()))
                .toList();
        if (work.size() != 1) {
            return Optional.empty();
        }
        List<JavaCodeUnit> called = model.calls().callsFrom(method).stream()
                .filter(callee -> callee.getName().equals(work.get(0).name())
                        && callee.getRawParameterTypes().size()
                                == work.get(0).arguments().size()
                        && !model.code().bodiesOf(callee).isEmpty())
                .toList();
        return called.size() == 1 ? Optional.of(called.get(0)) : Optional.empty();
    }

    /** In another class, a catch block around only a part of the work may well be there for something that does not matter. */
    private List<String> swallowedWholly(JavaCodeUnit method, JavaCodeUnit listener) {
        boolean isHandedWork = model.code().bodiesOf(listener).stream()
                .skip(1)
                .anyMatch(lambda -> lambda.calls().stream().anyMatch(this::isWork));
        Predicate<Invocation> isWorkHere = call -> isWork(call) || isHandedWork && isFunction(call.owner());
        MethodCode body = model.code().bodiesOf(method).get(0);
        return body.catchBlocks().stream()
                .filter(block -> swallows(block, isWorkHere)
                        && body.calls().stream()
                                .filter(isWorkHere)
                                .allMatch(call -> block.guarded().contains(call)
                                        || block.calls().contains(call)))
                .map(block -> Messages.line("catches", simple(block.type()), Source.at(method, block.line())))
                .toList();
    }

    private static boolean isFunction(String type) {
        return type.equals("java.lang.Runnable")
                || type.equals("java.util.concurrent.Callable")
                || type.startsWith("java.util.function.");
    }

    private boolean swallows(CatchBlock block) {
        return swallows(block, this::isWork);
    }

    private boolean swallows(CatchBlock block, Predicate<Invocation> isWorkHere) {
        return BROAD.contains(block.type())
                && block.completes()
                && !block.answers()
                && block.guarded().stream().anyMatch(isWorkHere)
                && block.calls().stream().allMatch(call -> onlyTells(call, 2));
    }

    /** Guarding a log line or a metric hides nothing; guarding the project's own code or a known effect does. */
    private boolean isWork(Invocation call) {
        return !isTelling(call)
                && (model.project()
                                .type(call.owner())
                                .map(type -> !type.isRecord() && !type.isEnum())
                                .orElse(false)
                        || model.types().isCall(call.owner(), call.name(), Role.FIND)
                        || model.types().isCall(call.owner(), call.name(), Role.WRITE)
                        || model.types().isCall(call.owner(), call.name(), Role.SEND)
                        || model.types().isCall(call.owner(), call.name(), Role.REMOTE)
                        || model.types().isCall(call.owner(), call.name(), Role.UNWRAP));
    }

    private boolean onlyTells(Invocation call, int depth) {
        if (model.types().isCall(call.owner(), call.name(), FAILURE_ROUTE)) {
            return false;
        }
        if (isTelling(call)) {
            return true;
        }
        return model.project()
                .type(call.owner())
                .map(type -> type.isRecord() || depth > 0 && ownMethodOnlyTells(type, call, depth))
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
                    List<MethodCode> bodies = model.code().bodiesOf(method);
                    return !bodies.isEmpty()
                            && bodies.stream()
                                    .allMatch(body -> body.endsOnlyByReturning()
                                            && body.calls().stream().allMatch(inner -> onlyTells(inner, depth - 1)));
                });
    }

    private boolean isTelling(Invocation call) {
        return model.types().isCall(call.owner(), call.name(), LOG)
                || call.owner().endsWith("Exception") && call.name().startsWith("get");
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
