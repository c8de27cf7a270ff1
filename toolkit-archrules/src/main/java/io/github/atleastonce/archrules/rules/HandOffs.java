package io.github.atleastonce.archrules.rules;

import static io.github.atleastonce.archrules.knowledge.Role.ACKNOWLEDGE;
import static io.github.atleastonce.archrules.knowledge.Role.AWAITED;
import static io.github.atleastonce.archrules.knowledge.Role.BLOCK;
import static io.github.atleastonce.archrules.knowledge.Role.HAND_OFF;
import static io.github.atleastonce.archrules.knowledge.Role.POLL;
import static io.github.atleastonce.archrules.knowledge.Role.REGISTER;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.bytecode.Invocation;
import io.github.atleastonce.archrules.bytecode.MethodCode;
import io.github.atleastonce.archrules.bytecode.Origin;
import io.github.atleastonce.archrules.knowledge.Fact;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.Consumption;
import io.github.atleastonce.archrules.model.Effect;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Members;
import io.github.atleastonce.archrules.model.Reach;
import io.github.atleastonce.archrules.model.Source;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds work that a listener leaves to other threads, so that it returns, and is acknowledged, before it is done. */
final class HandOffs {

    private final EventModel model;

    HandOffs(EventModel model) {
        this.model = model;
    }

    /** Work that somebody else does, and where it was left to them. */
    private record Left(String what, String at, JavaCodeUnit by, Effect work) {}

    List<Violation> violations() {
        List<Violation> violations = new ArrayList<>();
        for (Consumption listener : ConsumerRules.fromBrokers(model)) {
            if (listener.fact().role() != REGISTER) {
                Reach reach = model.walks().from(listener.method());
                reach.methods().stream()
                        .flatMap(method -> left(listener, reach, method).stream())
                        .findFirst()
                        .ifPresent(left -> violations.add(violation(listener, reach, left)));
            }
        }
        return violations;
    }

    private Violation violation(Consumption listener, Reach reach, Left left) {
        JavaCodeUnit method = listener.method();
        Set<JavaCodeUnit> involved = new LinkedHashSet<>(reach.pathTo(left.by()));
        involved.add(left.work().origin());
        return Violation.of(
                        Messages.prefix(model, method.getOwner()) + reach.describePathTo(left.by()),
                        List.of(
                                Messages.line("leaves", left.what(), left.at()),
                                Messages.effect(AcknowledgementRules.verb(left.work()), left.work()),
                                Messages.line(
                                        "returns",
                                        Source.name(method) + ", acknowledged",
                                        Source.at(method, model.code().lastLineOf(method)))),
                        Messages.where(model, involved))
                .causedBy(method.getOwner());
    }

    private Optional<Left> left(Consumption listener, Reach reach, JavaCodeUnit method) {
        return toAnnotated(listener, method).or(() -> toExecutor(listener, method));
    }

    /** To a method that a proxy runs on another thread. */
    private Optional<Left> toAnnotated(Consumption listener, JavaCodeUnit method) {
        for (JavaCodeUnit callee : model.calls().callsFrom(method)) {
            if (model.types().isAnnotated(callee, HAND_OFF)
                    && !callee.getOwner().equals(method.getOwner())) {
                Optional<Effect> work = workFrom(callee);
                List<Site> sites = sites(method, Site.callOf(callee)::test);
                if (work.isPresent() && sites.stream().anyMatch(site -> !isAwaited(listener, method, site))) {
                    return Optional.of(new Left(
                            Source.name(callee),
                            Source.at(method, sites.get(0).call().line()),
                            method,
                            work.get()));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Left> toExecutor(Consumption listener, JavaCodeUnit method) {
        for (Effect handing : model.calls().effectsIn(method)) {
            if (handing.role() == HAND_OFF) {
                for (Site site : sites(
                        method,
                        call -> call.name().equals(handing.member())
                                && call.owner().equals(handing.owner())
                                && call.line() == handing.line())) {
                    Optional<Effect> work = handedWork(method, handing, site);
                    if (work.isPresent() && !isAwaited(listener, method, site)) {
                        return Optional.of(new Left(handing.call(), handing.at(), method, work.get()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private List<Site> sites(JavaCodeUnit method, java.util.function.Predicate<Invocation> wanted) {
        List<Site> sites = new ArrayList<>();
        for (MethodCode body : model.code().bodiesOf(method)) {
            body.calls().stream().filter(wanted).forEach(call -> sites.add(new Site(body, call)));
        }
        return sites;
    }

    /** Somebody waits in the method, or the container does, since what is returned is a future. */
    private boolean isAwaited(Consumption listener, JavaCodeUnit method, Site site) {
        boolean waits = site.body().calls().stream()
                .filter(call -> model.types().isCall(call.owner(), call.name(), BLOCK))
                .anyMatch(call -> site.body().canFollow(site.call(), call));
        return waits
                || !site.body().isDropped(site.call())
                        && isFuture(method.getRawReturnType())
                        && isFuture(listener.method().getRawReturnType());
    }

    private boolean isFuture(JavaClass type) {
        return model.types().is(type, AWAITED);
    }

    /** The first thing of note that the code does which is handed over, unless it acknowledges itself. */
    private Optional<Effect> handedWork(JavaCodeUnit method, Effect handing, Site site) {
        String handed = handing.fact().options().getOrDefault("handed", "0");
        Set<String> names = new LinkedHashSet<>();
        Set<String> types = new LinkedHashSet<>();
        List<Invocation> making = new ArrayList<>();
        if (handed.equals(Fact.RECEIVER)) {
            making.addAll(site.body().leadingTo(site.call()));
            making.forEach(call -> call.arguments().forEach(argument -> names.addAll(argument.handlers())));
        } else {
            for (Origin argument : site.call().arguments()) {
                names.addAll(argument.handlers());
                types.addAll(argument.types());
            }
        }
        List<Effect> work = new ArrayList<>();
        Set<Role> others = new LinkedHashSet<>();
        for (MethodCode body : model.code().bodiesOf(method)) {
            if (names.contains(method.getOwner().getName() + "#" + body.name())) {
                body.calls().forEach(call -> collect(method, call, work, others));
            }
        }
        making.forEach(call -> collect(method, call, work, others));
        names.forEach(name -> calleesNamed(method, name).forEach(callee -> collect(callee, work, others)));
        types.forEach(type -> model.project()
                .type(type)
                .ifPresent(task -> Members.methodsOf(task).stream()
                        .filter(run ->
                                run.getName().equals("run") || run.getName().equals("call"))
                        .forEach(run -> collect(run, work, others))));
        return others.contains(ACKNOWLEDGE) || others.contains(POLL) || others.contains(REGISTER)
                ? Optional.empty()
                : work.stream().findFirst();
    }

    private List<JavaCodeUnit> calleesNamed(JavaCodeUnit method, String name) {
        return model.calls().callsFrom(method).stream()
                .filter(callee -> name.equals(callee.getOwner().getName() + "#" + callee.getName()))
                .toList();
    }

    private void collect(JavaCodeUnit method, Invocation call, List<Effect> work, Set<Role> others) {
        for (Effect effect : model.calls().effectsIn(method)) {
            if (effect.member().equals(call.name())
                    && effect.owner().equals(call.owner())
                    && effect.line() == call.line()) {
                others.add(effect.role());
                if (AcknowledgementRules.isWork(model, effect)) {
                    work.add(effect);
                }
            }
        }
        model.calls().callsFrom(method).stream()
                .filter(callee -> Site.callOf(callee).test(call))
                .forEach(callee -> collect(callee, work, others));
    }

    private void collect(JavaCodeUnit callee, List<Effect> work, Set<Role> others) {
        Reach reach = model.walks().from(callee);
        work.addAll(AcknowledgementRules.work(model, reach));
        for (Role role : List.of(ACKNOWLEDGE, POLL, REGISTER)) {
            if (reach.has(role)) {
                others.add(role);
            }
        }
    }

    private Optional<Effect> workFrom(JavaCodeUnit callee) {
        List<Effect> work = new ArrayList<>();
        Set<Role> others = new LinkedHashSet<>();
        collect(callee, work, others);
        return others.contains(ACKNOWLEDGE) ? Optional.empty() : work.stream().findFirst();
    }
}
