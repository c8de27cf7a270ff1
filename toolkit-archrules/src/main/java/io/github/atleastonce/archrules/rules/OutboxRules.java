package io.github.atleastonce.archrules.rules;

import static io.github.atleastonce.archrules.knowledge.Role.FAILURE_ROUTE;
import static io.github.atleastonce.archrules.knowledge.Role.OUTBOX;
import static io.github.atleastonce.archrules.knowledge.Role.SAFE_SEND;
import static io.github.atleastonce.archrules.knowledge.Role.SEND;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.Consumption;
import io.github.atleastonce.archrules.model.Effect;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Members;
import io.github.atleastonce.archrules.model.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules that keep state and events together. */
public final class OutboxRules {

    private static final Pattern FAILURE_CHANNEL =
            Pattern.compile(".*(dlq|dlt|dead|retry|error|parking|poison).*", Pattern.CASE_INSENSITIVE);

    private OutboxRules() {}

    /** State and its event leave together. */
    public static final Rule WRITES_AND_SENDS_SHOULD_USE_OUTBOX = DualWriteRule.RULE;

    /** Sends to a dead letter channel tell of a failure; they go with no state. */
    static List<Effect> sends(EventModel model, Reach reach) {
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
                                            Messages.prefix(model, method.getOwner())
                                                    + reach.describePathTo(send.origin()),
                                            List.of(Messages.effect("sends", send)),
                                            Messages.where(model, reach.pathTo(send.origin())))
                                    .causedBy(method.getOwner())));
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
                                    Messages.where(
                                            model, reach.pathTo(sends.get(0).origin())))
                            .causedBy(listener.method().getOwner()));
                }
            }
        }
        return violations;
    }
}
