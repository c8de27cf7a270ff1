package io.github.atleastonce.archrules.rules;

import static io.github.atleastonce.archrules.knowledge.Role.BLOCK;
import static io.github.atleastonce.archrules.knowledge.Role.MAY_BLOCK;
import static io.github.atleastonce.archrules.knowledge.Role.POLL;
import static io.github.atleastonce.archrules.knowledge.Role.REMOTE;
import static io.github.atleastonce.archrules.knowledge.Role.WRITE;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.model.Consumption;
import io.github.atleastonce.archrules.model.Effect;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Reach;
import io.github.atleastonce.archrules.model.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rules for the methods that handle messages. */
public final class ConsumerRules {

    private ConsumerRules() {}

    /** The same message twice does no harm. */
    public static final Rule CONSUMERS_SHOULD_DEDUPLICATE = DeduplicationRule.RULE;

    /** Handling a message needs no other service. */
    public static final Rule HANDLERS_SHOULD_NOT_CALL_REMOTES = Rule.of(
            "handlers_should_not_call_remotes",
            Theme.CONSUMERS,
            Severity.ERROR,
            "while the other service is slow or down the partition stands still, and a redelivery calls it again.",
            "carry the data in the event or keep a local copy; if the call is the purpose, permit it with allowRemote(…).",
            ConsumerRules::noRemotes);

    private static List<Violation> noRemotes(EventModel model) {
        List<Violation> violations = new ArrayList<>();
        for (Consumption listener : fromBrokers(model)) {
            Reach reach = model.walks().from(listener.method());
            reach.effects(REMOTE).stream()
                    .filter(call -> !isAllowed(model, call))
                    .findFirst()
                    .ifPresent(call -> violations.add(violation(model, reach, "calls", call)));
        }
        return violations;
    }

    private static boolean isAllowed(EventModel model, Effect call) {
        return model.declared().isRemoteAllowed(call.owner())
                || model.declared().isRemoteAllowed(call.origin().getOwner().getName());
    }

    /** Listeners do not wait. */
    public static final Rule LISTENERS_SHOULD_NOT_BLOCK = Rule.of(
            "listeners_should_not_block",
            Theme.CONSUMERS,
            Severity.WARN,
            "a listener that waits stops its partition and can be thrown out of its group.",
            "use the framework's delayed retry, or hand the message over.",
            ConsumerRules::noBlocking);

    private static List<Violation> noBlocking(EventModel model) {
        List<Violation> violations = new ArrayList<>();
        for (Consumption listener : fromBrokers(model)) {
            Reach reach = model.walks().from(listener.method());
            boolean permitted = model.types().isAnnotated(listener.method(), MAY_BLOCK);
            if (!permitted) {
                reach.effects(BLOCK).stream()
                        .findFirst()
                        .ifPresent(call -> violations.add(violation(model, reach, "blocks", call)));
            }
        }
        return violations;
    }

    /** A handler's writes stand or fall together. */
    public static final Rule HANDLERS_SHOULD_WRITE_IN_ONE_TRANSACTION = Rule.of(
            "handlers_should_write_in_one_transaction",
            Theme.CONSUMERS,
            Severity.WARN,
            "a crash between two writes leaves the first without the second.",
            "put the writes in one @Transactional method.",
            ConsumerRules::oneTransaction);

    private static List<Violation> oneTransaction(EventModel model) {
        List<Violation> violations = new ArrayList<>();
        for (Consumption listener : model.consumptions()) {
            Reach reach = model.walks().from(listener.method());
            List<Effect> loose = reach.effects(WRITE).stream()
                    .filter(write -> reach.pathTo(write.origin()).stream().noneMatch(model.calls()::opensTransaction))
                    .toList();
            Map<String, Effect> distinct = new LinkedHashMap<>();
            loose.forEach(write -> distinct.putIfAbsent(write.call(), write));
            if (distinct.size() >= 2) {
                List<JavaCodeUnit> involved = new ArrayList<>(List.of(listener.method()));
                distinct.values().forEach(write -> involved.add(write.origin()));
                violations.add(Violation.of(
                        Messages.place(model, listener.method()),
                        distinct.values().stream()
                                .map(write -> Messages.effect("writes", write))
                                .toList(),
                        Messages.where(model, involved)));
            }
        }
        return violations;
    }

    /** Handlers say what they take. */
    public static final Rule HANDLERS_SHOULD_RECEIVE_TYPED_EVENTS = Rule.of(
            "handlers_should_receive_typed_events",
            Theme.CONSUMERS,
            Severity.WARN,
            "text, maps and trees hide which events, and which of their fields, the consumer depends on.",
            "take the event's type as the parameter and let the framework convert it.",
            ConsumerRules::typedEvents);

    private static List<Violation> typedEvents(EventModel model) {
        Map<String, List<Consumption>> byContext = fromBrokers(model).stream()
                .filter(Consumption::untyped)
                .collect(Collectors.groupingBy(Consumption::context, LinkedHashMap::new, Collectors.toList()));
        List<Violation> violations = new ArrayList<>();
        byContext.forEach((context, listeners) -> violations.add(Violation.of(
                (context.isEmpty() ? "" : context + ": ")
                        + listeners.stream()
                                .map(listener -> Source.name(listener.method()))
                                .collect(Collectors.joining(", ")),
                Messages.some(listeners.stream()
                        .map(listener -> Messages.line(
                                "takes",
                                taken(listener),
                                Source.at(
                                        listener.method(),
                                        listener.method()
                                                .getSourceCodeLocation()
                                                .getLineNumber())))
                        .toList()),
                Messages.where(
                        model, listeners.stream().map(Consumption::method).toList()))));
        return violations;
    }

    /** What goes wrong is not forgotten. */
    public static final Rule LISTENERS_SHOULD_NOT_SWALLOW_EXCEPTIONS = SwallowRule.RULE;

    /** A method that fetches messages itself has none of them among its parameters. */
    private static String taken(Consumption listener) {
        if (listener.fact().role() == POLL || listener.method().getParameters().isEmpty()) {
            return "records of unknown content";
        }
        return listener.method().getRawParameterTypes().stream()
                .map(JavaClass::getSimpleName)
                .collect(Collectors.joining(", "));
    }

    /** The acknowledgement is the last thing. */
    public static final Rule LISTENERS_SHOULD_ACKNOWLEDGE_AFTER_THE_WORK = AcknowledgementRules.AFTER_THE_WORK;

    /** Nothing is left to others before the acknowledgement. */
    public static final Rule LISTENERS_SHOULD_NOT_HAND_OFF_BEFORE_THE_ACKNOWLEDGEMENT =
            AcknowledgementRules.NO_HAND_OFF;

    static List<Consumption> fromBrokers(EventModel model) {
        return model.consumptions().stream()
                .filter(listener -> !listener.isLocal())
                .toList();
    }

    static Violation violation(EventModel model, Reach reach, String verb, Effect effect) {
        return Violation.of(
                        Messages.prefix(
                                        model,
                                        reach.pathTo(effect.origin()).get(0).getOwner())
                                + reach.describePathTo(effect.origin()),
                        List.of(Messages.effect(verb, effect)),
                        Messages.where(model, reach.pathTo(effect.origin())))
                .causedBy(reach.pathTo(effect.origin()).get(0).getOwner());
    }
}
