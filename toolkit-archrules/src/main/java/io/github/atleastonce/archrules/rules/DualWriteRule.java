package io.github.atleastonce.archrules.rules;

import static io.github.atleastonce.archrules.knowledge.Role.FIND;
import static io.github.atleastonce.archrules.knowledge.Role.MANAGED_WRITE;
import static io.github.atleastonce.archrules.knowledge.Role.OUTBOX;
import static io.github.atleastonce.archrules.knowledge.Role.REPEATABLE;
import static io.github.atleastonce.archrules.knowledge.Role.SAFE_SEND;
import static io.github.atleastonce.archrules.knowledge.Role.SEND;
import static io.github.atleastonce.archrules.knowledge.Role.TRANSACTION;
import static io.github.atleastonce.archrules.knowledge.Role.WRITE;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.bytecode.ClassCode;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.Effect;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Members;
import io.github.atleastonce.archrules.model.Reach;
import io.github.atleastonce.archrules.model.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds state that is stored beside an event that is sent, so that one can leave without the other. */
final class DualWriteRule {

    static final Rule RULE = Rule.of(
            "writes_and_sends_should_use_outbox",
            Theme.OUTBOX,
            Severity.ERROR,
            "a crash between the write and the send leaves one without the other.",
            "store the event in an outbox table in the same transaction.",
            model -> new DualWriteRule(model).violations());

    private final EventModel model;

    private DualWriteRule(EventModel model) {
        this.model = model;
    }

    /**
     * A write and a send that one run passes through.
     *
     * @param write the write
     * @param send the send
     * @param atCommit whether the write takes effect when a transaction commits around both
     * @param stateFirst whether the write takes effect before the send
     */
    private record Pair(Effect write, Effect send, boolean atCommit, boolean stateFirst) {}

    private List<Violation> violations() {
        Set<JavaCodeUnit> candidates = new HashSet<>(model.walks().reaching(WRITE, MANAGED_WRITE));
        candidates.retainAll(model.walks().reaching(SEND));
        List<Violation> violations = new ArrayList<>();
        candidates.stream()
                .sorted(Members.ORDER)
                .forEach(method -> violation(method).ifPresent(violations::add));
        return violations;
    }

    /** A method is the cause if both are reached from it, and not both already from one of its callees. */
    private Optional<Violation> violation(JavaCodeUnit method) {
        Reach reach = model.walks().from(method);
        if (reach.has(OUTBOX, SAFE_SEND) || !hasBoth(reach)) {
            return Optional.empty();
        }
        for (JavaCodeUnit callee : model.calls().callsFrom(method)) {
            if (!callee.equals(method) && hasBoth(model.walks().from(callee))) {
                return Optional.empty();
            }
        }
        List<JavaCodeUnit> entries = model.walks().entryPointsOf(method);
        if (entries.stream().anyMatch(entry -> model.walks().from(entry).has(OUTBOX, SAFE_SEND))) {
            return Optional.empty();
        }
        JavaCodeUnit entry = entries.isEmpty() ? method : entries.get(0);
        List<Pair> pairs = pairs(entry, method, reach);
        return pairs.isEmpty() || isRelay(entries, method, reach, pairs)
                ? Optional.empty()
                : Optional.of(violation(entry, method, reach, pairs.get(0)));
    }

    private boolean hasBoth(Reach reach) {
        return reach.has(WRITE, MANAGED_WRITE)
                && !OutboxRules.sends(model, reach).isEmpty();
    }

    /** The worst comes first: a lost event before one too many, and what cannot be done again before what can. */
    private List<Pair> pairs(JavaCodeUnit entry, JavaCodeUnit method, Reach reach) {
        boolean inTransaction = isInTransaction(entry, method);
        List<Pair> pairs = new ArrayList<>();
        for (Effect write : reach.effects(WRITE, MANAGED_WRITE)) {
            for (Effect send : OutboxRules.sends(model, reach)) {
                if (onOnePath(reach, method, write, send)) {
                    pairs.add(pair(reach, method, write, send, inTransaction));
                }
            }
        }
        pairs.sort(Comparator.comparing((Pair pair) -> !pair.stateFirst())
                .thenComparing(pair ->
                        model.types().isCall(pair.write().owner(), pair.write().member(), REPEATABLE)));
        return pairs;
    }

    private Pair pair(Reach reach, JavaCodeUnit method, Effect write, Effect send, boolean inTransaction) {
        if (send.member().equals(Effect.RESULT)) {
            return new Pair(write, send, false, true);
        }
        boolean atCommit = write.role() == MANAGED_WRITE
                || inTransaction
                || isInBlock(reach, method, write) && isInBlock(reach, method, send);
        return new Pair(write, send, atCommit, !atCommit && comesFirst(reach, method, write, send));
    }

    /** By an annotation on the way from the entry point. */
    private boolean isInTransaction(JavaCodeUnit entry, JavaCodeUnit method) {
        Reach fromEntry = model.walks().from(entry);
        List<JavaCodeUnit> way = fromEntry.methods().contains(method) ? fromEntry.pathTo(method) : List.of(method);
        return way.stream().anyMatch(step -> model.types().isAnnotated(step, TRANSACTION));
    }

    /** By a block that a transaction template runs. */
    private boolean isInBlock(Reach reach, JavaCodeUnit method, Effect effect) {
        return Site.towards(model, reach, method, effect).stream()
                .anyMatch(site -> site.around(model, method).stream()
                        .anyMatch(outer -> model.types()
                                .isCall(outer.call().owner(), outer.call().name(), TRANSACTION)));
    }

    private boolean comesFirst(Reach reach, JavaCodeUnit method, Effect first, Effect second) {
        List<Site> later = Site.towards(model, reach, method, second);
        List<Site> earlier = Site.towards(model, reach, method, first);
        return later.isEmpty()
                || earlier.isEmpty()
                || earlier.stream().anyMatch(one -> later.stream().anyMatch(two -> one.precedes(two, model, method)));
    }

    private boolean onOnePath(Reach reach, JavaCodeUnit method, Effect write, Effect send) {
        Optional<ClassCode> code = model.code().of(method.getOwner());
        if (code.isEmpty() || send.member().equals(Effect.RESULT)) {
            return true;
        }
        return code.get().onOnePath(method, Site.step(reach, method, write), Site.step(reach, method, send));
    }

    /**
     * A relay by whatever name: work that is done again and again reads rows, sends what they hold, and then deletes or marks just
     * those. What was sent before a crash is sent again, and nothing is lost.
     */
    private boolean isRelay(List<JavaCodeUnit> entries, JavaCodeUnit method, Reach reach, List<Pair> pairs) {
        return !entries.isEmpty()
                && entries.stream().allMatch(entry -> model.types().bears(entry, Role.REPEATING))
                && pairs.stream()
                        .allMatch(pair ->
                                (isOfRead(reach, pair.write()) || isOfAsked(entries, pair.write())) && tellsRow(pair))
                && pairs.stream()
                        .allMatch(pair -> pair.atCommit() || comesFirst(reach, method, pair.send(), pair.write()));
    }

    /** Changes what was read from where it is changed. */
    private static boolean isOfRead(Reach reach, Effect write) {
        return reach.effects(FIND).stream()
                .anyMatch(find -> write.role() == MANAGED_WRITE || find.owner().equals(write.owner()));
    }

    /** A statement that deletes from the table, or marks rows of it, that another statement asks for. */
    private boolean isOfAsked(List<JavaCodeUnit> entries, Effect write) {
        Set<String> changed = new HashSet<>();
        textsIn(write.origin())
                .flatMap(text -> SqlText.changedTable(text).stream())
                .forEach(changed::add);
        return !changed.isEmpty()
                && entries.stream()
                        .flatMap(entry -> model.walks().methodsFrom(entry).stream())
                        .filter(method -> model.calls().effectsIn(method).stream()
                                .anyMatch(effect -> effect.role() == Role.LOOK_UP))
                        .flatMap(this::textsIn)
                        .anyMatch(text -> changed.stream().allMatch(table -> SqlText.asks(text, table)));
    }

    private Stream<String> textsIn(JavaCodeUnit method) {
        return model.code().bodiesOf(method).stream()
                .flatMap(body -> body.calls().stream())
                .flatMap(call -> call.arguments().stream())
                .flatMap(argument -> argument.texts().stream());
    }

    /** Sends what the row holds, or takes the row away: what makes an event of its own has done something to tell. */
    private boolean tellsRow(Pair pair) {
        return model.types().isCall(pair.write().owner(), pair.write().member(), REPEATABLE)
                || model.publicationsIn(pair.send().origin()).stream()
                        .filter(publication -> publication.line() == pair.send().line())
                        .flatMap(publication -> publication.types().stream())
                        .allMatch(this::isRow);
    }

    private boolean isRow(String type) {
        return model.project()
                .type(type)
                .filter(row -> model.types().is(row, Role.ENTITY))
                .isPresent();
    }

    private Violation violation(JavaCodeUnit entry, JavaCodeUnit method, Reach reach, Pair pair) {
        Reach fromEntry = model.walks().from(entry);
        String path = fromEntry.methods().contains(method) ? fromEntry.describePathTo(method) : Source.name(method);
        Set<JavaCodeUnit> involved = new LinkedHashSet<>(List.of(entry, method));
        involved.addAll(reach.pathTo(pair.write().origin()));
        involved.addAll(reach.pathTo(pair.send().origin()));
        boolean managed = pair.write().role() == MANAGED_WRITE;
        return Violation.of(
                        Messages.prefix(model, entry.getOwner()) + path,
                        List.of(
                                Messages.effect(managed ? "changes" : "writes", pair.write()),
                                Messages.effect("sends", pair.send())),
                        Messages.where(model, involved))
                .because(reason(pair))
                .causedBy(method.getOwner());
    }

    private static String reason(Pair pair) {
        boolean managed = pair.write().role() == MANAGED_WRITE;
        String when = pair.send().member().equals(Effect.RESULT)
                ? "the result is sent when the method has returned, after the write: a crash between them"
                : managed
                        ? "the entity is written at the commit, after the send: a crash between them"
                        : pair.atCommit()
                                ? "the transaction commits after the send: a crash between them"
                                : "a crash between " + between(pair.write(), pair.send());
        return when + (pair.stateFirst() ? " leaves state without its event." : " leaves an event without its state.");
    }

    private static String between(Effect write, Effect send) {
        return write.origin().getOwner().equals(send.origin().getOwner())
                        && send.line() > 0
                        && write.line() != send.line()
                ? "lines " + Math.min(write.line(), send.line()) + " and " + Math.max(write.line(), send.line())
                : "the write and the send";
    }
}
