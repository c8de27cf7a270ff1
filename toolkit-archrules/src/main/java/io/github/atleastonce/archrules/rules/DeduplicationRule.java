package io.github.atleastonce.archrules.rules;

import static io.github.atleastonce.archrules.knowledge.Role.FRESH_ID;
import static io.github.atleastonce.archrules.knowledge.Role.IDEMPOTENT;
import static io.github.atleastonce.archrules.knowledge.Role.INBOX;
import static io.github.atleastonce.archrules.knowledge.Role.MANAGED_WRITE;
import static io.github.atleastonce.archrules.knowledge.Role.REMOTE;
import static io.github.atleastonce.archrules.knowledge.Role.SAFE_SEND;
import static io.github.atleastonce.archrules.knowledge.Role.SEND;
import static io.github.atleastonce.archrules.knowledge.Role.WRITE;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.bytecode.CatchBlock;
import io.github.atleastonce.archrules.bytecode.MethodCode;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.Consumption;
import io.github.atleastonce.archrules.model.Effect;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Members;
import io.github.atleastonce.archrules.model.Reach;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds listeners that do something again when the same message comes again.
 *
 * <p>What is done again is a write, an event with an id of its own, or a call that adds; not what comes to the same, what the
 * database refuses, what is done only in a state that it ends, and what a registry of handled messages keeps away.
 */
final class DeduplicationRule {

    static final Rule RULE = Rule.of(
            "consumers_should_deduplicate",
            Theme.CONSUMERS,
            Severity.WARN,
            "at-least-once delivery brings the same message again, and this happens again.",
            "remember the message's id in the same transaction, write what comes to the same when it is written again, or mark a"
                    + " naturally repeatable handler @Idempotent.",
            model -> new DeduplicationRule(model).violations());

    private final EventModel model;
    private final Guards guards;
    private final AssignedKeys keys;
    private final StateChanges changes;
    private final RepeatedCalls repeats;

    private DeduplicationRule(EventModel model) {
        this.model = model;
        LookUps lookUps = new LookUps(model);
        this.guards = new Guards(model, lookUps);
        this.changes = new StateChanges(model, lookUps);
        this.repeats = new RepeatedCalls(model);
        this.keys = new AssignedKeys(model);
    }

    private List<Violation> violations() {
        List<Violation> violations = new ArrayList<>();
        for (Consumption listener : model.consumptions()) {
            if (listener.comesAgain()) {
                Reach reach = model.walks().from(listener.method());
                if (reach.has(WRITE, MANAGED_WRITE, SEND, SAFE_SEND, REMOTE) && !knowsDuplicates(listener, reach)) {
                    doneAgain(reach).ifPresent(effect -> violations.add(violation(reach, effect)));
                }
            }
        }
        return violations;
    }

    private Violation violation(Reach reach, Effect effect) {
        Violation found = ConsumerRules.violation(model, reach, verb(effect), effect);
        return effect.role() == WRITE && versioned(effect).isPresent()
                ? found.because(
                        "the version of " + versioned(effect).get().getSimpleName()
                                + " stops two writers at once, not the same message a second time: check that its state has gone on by then.")
                : found;
    }

    private static String verb(Effect effect) {
        return switch (effect.role()) {
            case WRITE -> "writes";
            case MANAGED_WRITE -> "changes";
            case REMOTE -> "calls";
            default -> "sends";
        };
    }

    private boolean knowsDuplicates(Consumption listener, Reach reach) {
        return listener.isDeduplicatedByFramework()
                || reach.has(INBOX)
                || model.walks().methodsFrom(listener.method()).stream()
                        .anyMatch(method -> model.types().isAnnotated(method, IDEMPOTENT))
                || reach.methods().stream()
                        .anyMatch(method -> asksWhetherItIsFirst(method) || catchesTheSecond(method));
    }

    /** A statement that inserts once says whether it did, and somebody looks at the answer. */
    private boolean asksWhetherItIsFirst(JavaCodeUnit method) {
        return model.code().bodiesOf(method).stream()
                .anyMatch(body -> body.calls().stream()
                        .anyMatch(call -> !body.isDropped(call)
                                && call.arguments().stream()
                                        .flatMap(argument -> argument.texts().stream())
                                        .anyMatch(SqlText::insertsOnce)));
    }

    private boolean catchesTheSecond(JavaCodeUnit method) {
        for (MethodCode body : model.code().bodiesOf(method)) {
            for (CatchBlock block : body.catchBlocks()) {
                if (block.completes() && (isKeyIsThere(block.type()) || asksWhetherTheKeyIsThere(method, block))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isKeyIsThere(String exception) {
        return model.types().isCall(exception, "<init>", Role.KEY_IS_THERE);
    }

    private boolean asksWhetherTheKeyIsThere(JavaCodeUnit method, CatchBlock block) {
        return block.calls().stream().anyMatch(call -> model.types().isCall(call.owner(), call.name(), Role.KEY_CHECK))
                || !block.guarded().isEmpty()
                        && method.getInstanceofChecks().stream()
                                .anyMatch(
                                        check -> isKeyIsThere(check.getRawType().getName()));
    }

    private Optional<Effect> doneAgain(Reach reach) {
        return reach.effects(WRITE).stream()
                .filter(write -> !isRepeatable(reach, write))
                .findFirst()
                .or(() -> reach.effects(MANAGED_WRITE).stream()
                        .filter(change -> changes.addsUp(change) && !guards.guarded(reach, change))
                        .findFirst())
                .or(() -> reach.effects(SEND, SAFE_SEND).stream()
                        .filter(send -> !OutboxRules.isFailureSend(model, send)
                                && isNewEachTime(reach, send)
                                && !guards.guarded(reach, send))
                        .findFirst())
                .or(() -> reach.effects(REMOTE).stream()
                        .filter(call -> repeats.addsEachTime(reach, call) && !guards.guarded(reach, call))
                        .findFirst());
    }

    private boolean isRepeatable(Reach reach, Effect write) {
        return model.types().isCall(write.owner(), write.member(), Role.REPEATABLE)
                || hasRepeatableText(write) && !changes.addUp(reach, write)
                || keys.decideTheRowOf(reach, write)
                || changes.onlySet(reach, write)
                || guards.guarded(reach, write);
    }

    /** The text that the call is given, or else those of the method. */
    private boolean hasRepeatableText(Effect write) {
        if (!write.fact().options().containsKey("sql")) {
            return false;
        }
        Set<String> given = new HashSet<>();
        Set<String> nearby = new HashSet<>();
        for (MethodCode body : model.code().bodiesOf(write.origin())) {
            body.calls()
                    .forEach(call -> call.arguments().stream()
                            .flatMap(argument -> argument.texts().stream())
                            .filter(SqlText::isChange)
                            .forEach(text -> {
                                nearby.add(text);
                                if (call.name().equals(write.member()) && call.line() == write.line()) {
                                    given.add(text);
                                }
                            }));
        }
        Set<String> texts = given.isEmpty() ? nearby : given;
        return !texts.isEmpty() && texts.stream().allMatch(SqlText::isRepeatable);
    }

    /** Nobody can see that an event with an id of its own tells the same. */
    private boolean isNewEachTime(Reach reach, Effect send) {
        Set<String> sent = new HashSet<>();
        model.publicationsIn(send.origin()).forEach(publication -> sent.addAll(publication.types()));
        List<JavaCodeUnit> path = reach.pathTo(send.origin());
        path.forEach(method -> model.publicationsIn(method).forEach(publication -> sent.addAll(publication.types())));
        return path.stream()
                .anyMatch(method -> makesFreshId(method)
                        || model.calls().callsFrom(method).stream()
                                .anyMatch(callee -> makes(callee, sent) && makesFreshIdSomewhere(callee)));
    }

    private static boolean makes(JavaCodeUnit callee, Set<String> types) {
        return callee.isConstructor()
                ? types.contains(callee.getOwner().getName())
                : types.contains(callee.getRawReturnType().getName());
    }

    private boolean makesFreshIdSomewhere(JavaCodeUnit method) {
        return model.walks().methodsFrom(method).stream().anyMatch(this::makesFreshId);
    }

    private boolean makesFreshId(JavaCodeUnit method) {
        return model.calls().effectsIn(method).stream().anyMatch(effect -> effect.role() == FRESH_ID);
    }

    private Optional<JavaClass> versioned(Effect write) {
        return model.code().bodiesOf(write.origin()).stream()
                .flatMap(body -> body.calls().stream())
                .filter(call -> call.name().equals(write.member()) && call.line() == write.line())
                .flatMap(call -> call.arguments().stream())
                .flatMap(argument -> argument.types().stream())
                .flatMap(name -> model.project().type(name).stream())
                .filter(type -> Members.allFieldsOf(type).stream()
                        .anyMatch(field -> model.types().bears(field, Role.VERSION)))
                .findFirst();
    }
}
