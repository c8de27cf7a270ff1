package io.github.atleastonce.archrules.rules;

import static io.github.atleastonce.archrules.knowledge.Role.ACKNOWLEDGE;
import static io.github.atleastonce.archrules.knowledge.Role.MANAGED_WRITE;
import static io.github.atleastonce.archrules.knowledge.Role.REMOTE;
import static io.github.atleastonce.archrules.knowledge.Role.SAFE_SEND;
import static io.github.atleastonce.archrules.knowledge.Role.SEND;
import static io.github.atleastonce.archrules.knowledge.Role.WRITE;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.Consumption;
import io.github.atleastonce.archrules.model.Effect;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Reach;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules of {@link ConsumerRules} for when the broker is told that a message is done with. */
final class AcknowledgementRules {

    static final Rule AFTER_THE_WORK = Rule.of(
            "listeners_should_acknowledge_after_the_work",
            Theme.CONSUMERS,
            Severity.WARN,
            "a crash after the acknowledgement loses the message: nobody will bring it again.",
            "acknowledge last, when everything is stored and sent.",
            AcknowledgementRules::early);

    static final Rule NO_HAND_OFF = Rule.of(
            "listeners_should_not_hand_off_before_the_acknowledgement",
            Theme.CONSUMERS,
            Severity.WARN,
            "the message counts as handled when the listener returns, while another thread has yet to do the work: a crash loses it, and"
                    + " an exception there brings nothing again.",
            "do the work on the listener's thread, return the future so that the container waits for it, or acknowledge where the work"
                    + " ends.",
            model -> new HandOffs(model).violations());

    private static final Set<Role> WORK = EnumSet.of(WRITE, MANAGED_WRITE, SEND, SAFE_SEND, REMOTE);

    private AcknowledgementRules() {}

    static List<Effect> work(EventModel model, Reach reach) {
        return reach.effects(WORK.toArray(Role[]::new)).stream()
                .filter(effect -> isWork(model, effect))
                .toList();
    }

    /** Not what the container does with the result, nor what tells of a failure. */
    static boolean isWork(EventModel model, Effect effect) {
        return WORK.contains(effect.role())
                && !effect.member().equals(Effect.RESULT)
                && !(effect.role() == SEND && OutboxRules.isFailureSend(model, effect));
    }

    static String verb(Effect work) {
        return switch (work.role()) {
            case WRITE -> "writes";
            case MANAGED_WRITE -> "changes";
            case REMOTE -> "calls";
            default -> "sends";
        };
    }

    private static List<Violation> early(EventModel model) {
        List<Violation> violations = new ArrayList<>();
        for (Consumption listener : ConsumerRules.fromBrokers(model)) {
            Reach reach = model.walks().from(listener.method());
            if (reach.has(ACKNOWLEDGE)) {
                early(model, listener, reach).ifPresent(violations::add);
            }
        }
        return violations;
    }

    private static Optional<Violation> early(EventModel model, Consumption listener, Reach reach) {
        for (JavaCodeUnit method : reach.methods()) {
            for (Effect acknowledgement : reach.effects(ACKNOWLEDGE)) {
                for (Effect work : work(model, reach)) {
                    if (leadsTo(reach, method, acknowledgement)
                            && leadsTo(reach, method, work)
                            && precedes(model, reach, method, acknowledgement, work)) {
                        return Optional.of(violation(model, listener, reach, acknowledgement, work));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean leadsTo(Reach reach, JavaCodeUnit method, Effect effect) {
        return reach.pathTo(effect.origin()).contains(method);
    }

    private static boolean precedes(
            EventModel model, Reach reach, JavaCodeUnit method, Effect acknowledgement, Effect work) {
        List<Site> later = Site.towards(model, reach, method, work);
        return Site.towards(model, reach, method, acknowledgement).stream()
                .anyMatch(one -> later.stream().anyMatch(two -> one.precedes(two, model, method)));
    }

    private static Violation violation(
            EventModel model, Consumption listener, Reach reach, Effect acknowledgement, Effect work) {
        Set<JavaCodeUnit> involved = new LinkedHashSet<>(reach.pathTo(acknowledgement.origin()));
        involved.addAll(reach.pathTo(work.origin()));
        return Violation.of(
                        Messages.place(model, listener.method()),
                        List.of(Messages.effect("first", acknowledgement), Messages.effect("then", work)),
                        Messages.where(model, involved))
                .causedBy(listener.method().getOwner());
    }
}
