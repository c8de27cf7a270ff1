package io.github.atleastonce.archrules.rules;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.bytecode.Invocation;
import io.github.atleastonce.archrules.bytecode.MethodCode;
import io.github.atleastonce.archrules.model.Effect;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A call in a body.
 *
 * @param body the body of a method or of one of its lambdas
 * @param call one of its calls
 */
record Site(MethodCode body, Invocation call) {

    /** Where a method takes the first step of the way to an effect; the effect itself if it is in the method. */
    static List<Site> towards(EventModel model, Reach reach, JavaCodeUnit method, Effect effect) {
        List<Site> sites = new ArrayList<>();
        Predicate<Invocation> step = step(reach, method, effect);
        for (MethodCode body : model.code().bodiesOf(method)) {
            body.calls().stream().filter(step).forEach(call -> sites.add(new Site(body, call)));
        }
        return sites;
    }

    static Predicate<Invocation> step(Reach reach, JavaCodeUnit method, Effect effect) {
        if (effect.origin().equals(method)) {
            return call -> call.name().equals(effect.member())
                    && call.owner().equals(effect.owner())
                    && call.line() == effect.line();
        }
        List<JavaCodeUnit> path = reach.pathTo(effect.origin());
        return callOf(path.get(path.indexOf(method) + 1));
    }

    static Predicate<Invocation> callOf(JavaCodeUnit callee) {
        return call -> call.name().equals(callee.getName())
                && call.arguments().size() == callee.getRawParameterTypes().size();
    }

    /** The call that this one's lambda is given to, and the calls that that one's is given to, if it is in a lambda. */
    List<Site> around(EventModel model, JavaCodeUnit method) {
        List<Site> around = new ArrayList<>();
        Optional<Site> outer = enclosing(model, method);
        while (outer.isPresent() && !around.contains(outer.get())) {
            around.add(outer.get());
            outer = outer.get().enclosing(model, method);
        }
        return around;
    }

    /** Whether the other call can follow this one, or what their lambdas are given to can, in a body that holds both. */
    boolean precedes(Site other, EventModel model, JavaCodeUnit method) {
        List<Site> mine = new ArrayList<>(List.of(this));
        mine.addAll(around(model, method));
        List<Site> others = new ArrayList<>(List.of(other));
        others.addAll(other.around(model, method));
        return mine.stream()
                .anyMatch(one -> others.stream()
                        .anyMatch(two ->
                                one.body().equals(two.body()) && one.body().canFollow(one.call(), two.call())));
    }

    private Optional<Site> enclosing(EventModel model, JavaCodeUnit method) {
        String lambda = method.getOwner().getName() + "#" + body.name();
        for (MethodCode other : model.code().bodiesOf(method)) {
            for (Invocation taking : other.calls()) {
                if (taking.arguments().stream()
                        .anyMatch(argument -> argument.handlers().contains(lambda))) {
                    return Optional.of(new Site(other, taking));
                }
            }
        }
        return Optional.empty();
    }
}
