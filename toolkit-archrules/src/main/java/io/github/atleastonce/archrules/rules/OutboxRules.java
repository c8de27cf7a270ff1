package io.github.atleastonce.archrules.rules;

import static io.github.atleastonce.archrules.knowledge.Role.FAILURE_ROUTE;
import static io.github.atleastonce.archrules.knowledge.Role.MANAGED_WRITE;
import static io.github.atleastonce.archrules.knowledge.Role.OUTBOX;
import static io.github.atleastonce.archrules.knowledge.Role.SAFE_SEND;
import static io.github.atleastonce.archrules.knowledge.Role.SEND;
import static io.github.atleastonce.archrules.knowledge.Role.WRITE;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.bytecode.ClassCode;
import io.github.atleastonce.archrules.bytecode.Invocation;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.Consumption;
import io.github.atleastonce.archrules.model.Effect;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Members;
import io.github.atleastonce.archrules.model.Reach;
import io.github.atleastonce.archrules.model.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Rules that keep state and events together. */
public final class OutboxRules {

    private static final Pattern FAILURE_CHANNEL =
            Pattern.compile(".*(dlq|dlt|dead|retry|error|parking|poison).*", Pattern.CASE_INSENSITIVE);

    private OutboxRules() {}

    /** State and its event leave together. */
    public static final Rule WRITES_AND_SENDS_SHOULD_USE_OUTBOX = Rule.of(
            "writes_and_sends_should_use_outbox",
            Theme.OUTBOX,
            Severity.ERROR,
            "a crash between the write and the send leaves one without the other.",
            "store the event in an outbox table in the same transaction.",
            OutboxRules::writesAndSends);

    private static List<Violation> writesAndSends(EventModel model) {
        Set<JavaCodeUnit> candidates = new HashSet<>(model.walks().reaching(WRITE, MANAGED_WRITE));
        candidates.retainAll(model.walks().reaching(SEND));
        List<Violation> violations = new ArrayList<>();
        candidates.stream()
                .sorted(Members.ORDER)
                .forEach(method -> dualWrite(model, candidates, method).ifPresent(violations::add));
        return violations;
    }

    /** A method is the cause if both are reached from it, and not both already from one of its callees. */
    private static Optional<Violation> dualWrite(EventModel model, Set<JavaCodeUnit> candidates, JavaCodeUnit method) {
        Reach reach = model.walks().from(method);
        if (reach.has(OUTBOX, SAFE_SEND)
                || !reach.has(WRITE, MANAGED_WRITE)
                || sends(model, reach).isEmpty()) {
            return Optional.empty();
        }
        for (JavaCodeUnit callee : model.calls().callsFrom(method)) {
            Reach deeper = model.walks().from(callee);
            if (!callee.equals(method)
                    && deeper.has(WRITE, MANAGED_WRITE)
                    && !sends(model, deeper).isEmpty()) {
                return Optional.empty();
            }
        }
        List<JavaCodeUnit> entries = model.walks().entryPointsOf(method);
        if (entries.stream().anyMatch(entry -> model.walks().from(entry).has(OUTBOX, SAFE_SEND))) {
            return Optional.empty();
        }
        for (Effect write : reach.effects(WRITE, MANAGED_WRITE)) {
            for (Effect send : sends(model, reach)) {
                if (onOnePath(model, reach, method, write, send)) {
                    return Optional.of(dualWrite(model, entries, method, reach, write, send));
                }
            }
        }
        return Optional.empty();
    }

    private static Violation dualWrite(
            EventModel model, List<JavaCodeUnit> entries, JavaCodeUnit method, Reach reach, Effect write, Effect send) {
        JavaCodeUnit entry = entries.isEmpty() ? method : entries.get(0);
        Reach fromEntry = model.walks().from(entry);
        String path = fromEntry.methods().contains(method) ? fromEntry.describePathTo(method) : Source.name(method);
        Set<JavaCodeUnit> involved = new LinkedHashSet<>(List.of(entry, method));
        involved.addAll(reach.pathTo(write.origin()));
        involved.addAll(reach.pathTo(send.origin()));
        String between = write.origin().getOwner().equals(send.origin().getOwner())
                        && send.line() > 0
                        && write.line() != send.line()
                ? "lines " + Math.min(write.line(), send.line()) + " and " + Math.max(write.line(), send.line())
                : "the write and the send";
        boolean managed = write.role() == MANAGED_WRITE;
        boolean sendFirst = managed || write.origin().equals(send.origin()) && send.line() < write.line();
        String because = (managed
                        ? "the entity is written at the commit, after the send: a crash between them"
                        : "a crash between " + between)
                + (sendFirst ? " leaves an event without its state." : " leaves state without its event.");
        return new Violation(
                Messages.context(model, entry.getOwner()) + ": " + path,
                List.of(Messages.effect(managed ? "changes" : "writes", write), Messages.effect("sends", send)),
                Messages.where(model, involved),
                because);
    }

    /** Sends to a dead letter channel tell of a failure; they go with no state. */
    private static List<Effect> sends(EventModel model, Reach reach) {
        return reach.effects(SEND).stream()
                .filter(send -> !isFailureSend(model, send))
                .toList();
    }

    static boolean isFailureSend(EventModel model, Effect send) {
        if (model.types()
                .isCall(send.origin().getOwner().getName(), send.origin().getName(), FAILURE_ROUTE)) {
            return true;
        }
        return model.publicationsIn(send.origin()).stream()
                .anyMatch(publication -> publication.line() == send.line()
                        && !publication.channels().isEmpty()
                        && publication.channels().stream()
                                .allMatch(channel ->
                                        FAILURE_CHANNEL.matcher(channel).matches()));
    }

    private static boolean onOnePath(EventModel model, Reach reach, JavaCodeUnit method, Effect write, Effect send) {
        Optional<ClassCode> code = model.code().of(method.getOwner());
        if (code.isEmpty() || send.member().equals("(result)")) {
            return true;
        }
        return code.get().onOnePath(method, step(reach, method, write), step(reach, method, send));
    }

    /** The call in the method by which an effect is reached: the effect itself, or the first step towards it. */
    private static Predicate<Invocation> step(Reach reach, JavaCodeUnit method, Effect effect) {
        if (effect.origin().equals(method)) {
            return call -> call.name().equals(effect.member())
                    && call.owner().equals(effect.owner())
                    && call.line() == effect.line();
        }
        JavaCodeUnit next = reach.pathTo(effect.origin()).get(1);
        return call -> call.name().equals(next.getName())
                && call.arguments().size() == next.getRawParameterTypes().size();
    }

    /** A transaction does not send. */
    public static final Rule TRANSACTIONS_SHOULD_NOT_SEND_TO_BROKER = Rule.of(
            "transactions_should_not_send_to_broker",
            Theme.OUTBOX,
            Severity.WARN,
            "the message is out even if the transaction rolls back, and a slow broker holds its locks.",
            "store the event in an outbox table, or send after the commit what may be lost.",
            OutboxRules::sendsInTransactions);

    private static List<Violation> sendsInTransactions(EventModel model) {
        List<Violation> violations = new ArrayList<>();
        if (usesBrokerTransactions(model)) {
            return violations;
        }
        Set<JavaCodeUnit> sending = model.walks().reaching(SEND);
        sending.stream()
                .filter(method -> model.types().isAnnotated(method, Role.TRANSACTION) && !method.isConstructor())
                .sorted(Members.ORDER)
                .forEach(method -> {
                    Reach reach = model.walks().from(method);
                    sends(model, reach).stream()
                            .filter(send -> !reach.has(OUTBOX))
                            .findFirst()
                            .ifPresent(send -> violations.add(Violation.of(
                                    Messages.context(model, method.getOwner()) + ": "
                                            + reach.describePathTo(send.origin()),
                                    List.of(Messages.effect("sends", send)),
                                    Messages.where(model, reach.pathTo(send.origin())))));
                });
        return violations;
    }

    private static boolean usesBrokerTransactions(EventModel model) {
        return model.project().usersOfLibraries().keySet().stream()
                .anyMatch(type -> model.types().is(type, Role.BROKER_TRANSACTION));
    }

    /** After the commit is too late to be sure. */
    public static final Rule AFTER_COMMIT_SHOULD_NOT_BE_SOLE_PUBLISHER = Rule.of(
            "after_commit_should_not_be_sole_publisher",
            Theme.OUTBOX,
            Severity.WARN,
            "a crash right after the commit loses the event, and nothing will send it again.",
            "use a publication registry (@ApplicationModuleListener) or an outbox table.",
            OutboxRules::afterCommit);

    private static List<Violation> afterCommit(EventModel model) {
        List<Violation> violations = new ArrayList<>();
        for (Consumption listener : model.consumptions()) {
            if (listener.isAfterCommit()) {
                Reach reach = model.walks().from(listener.method());
                List<Effect> sends = sends(model, reach);
                if (!sends.isEmpty() && !reach.has(OUTBOX, SAFE_SEND)) {
                    violations.add(Violation.of(
                            Messages.place(model, listener.method()),
                            List.of(Messages.effect("sends", sends.get(0))),
                            Messages.where(model, reach.pathTo(sends.get(0).origin()))));
                }
            }
        }
        return violations;
    }
}
