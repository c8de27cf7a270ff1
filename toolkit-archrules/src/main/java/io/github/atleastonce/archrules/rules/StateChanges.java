package io.github.atleastonce.archrules.rules;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.bytecode.Invocation;
import io.github.atleastonce.archrules.bytecode.Store;
import io.github.atleastonce.archrules.model.Effect;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Reach;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells changes of stored objects that add up from those that come to the same when they are made again: {@code total += x} from
 * {@code state = PAID}.
 */
final class StateChanges {

    private final EventModel model;
    private final LookUps lookUps;

    /** The types of which a walk from a method adds up something; each method is walked from once. */
    private final Map<JavaCodeUnit, Set<String>> addingUp = new HashMap<>();

    StateChanges(EventModel model, LookUps lookUps) {
        this.model = model;
        this.lookUps = lookUps;
    }

    /** What was found is written back, and nothing that the listener does to it adds up. */
    boolean onlySet(Reach reach, Effect write) {
        List<Written.Source> sources = new Written(model, reach, write).sources();
        return !sources.isEmpty() && sources.stream().allMatch(this::isFound) && !addUp(reach, write);
    }

    /** What the write is given, or what it is made of, is changed in a way that a second run adds to. */
    boolean addUp(Reach reach, Effect write) {
        Set<String> changed = addingUpFrom(reach.pathTo(write.origin()).get(0));
        if (changed.isEmpty()) {
            return false;
        }
        for (JavaCodeUnit method : reach.pathTo(write.origin())) {
            for (Site site : Site.towards(model, reach, method, write)) {
                if (site.call().arguments().stream()
                        .anyMatch(argument -> argument.types().stream().anyMatch(changed::contains))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The entity is managed, and nobody needs to write it back. */
    boolean addsUp(Effect managedWrite) {
        return addingUpFrom(managedWrite.origin()).contains(managedWrite.owner());
    }

    private Set<String> addingUpFrom(JavaCodeUnit start) {
        return addingUp.computeIfAbsent(start, this::readAddingUpFrom);
    }

    private Set<String> readAddingUpFrom(JavaCodeUnit start) {
        Set<String> types = new TreeSet<>();
        for (JavaCodeUnit method : model.walks().methodsFrom(start)) {
            if (!method.isConstructor() && !method.getOwner().isInterface()) {
                model.code().bodiesOf(method).stream()
                        .flatMap(body -> body.accumulations().stream())
                        .map(Store::owner)
                        .forEach(types::add);
            }
        }
        return types;
    }

    /** It comes from a look-up, and is not made on the way. */
    private boolean isFound(Written.Source source) {
        Set<Invocation> from =
                new HashSet<>(source.site().body().comingInto(source.site().call()));
        if (!source.value().parameters().isEmpty()) {
            source.site().around(model, source.method()).stream()
                    .limit(1)
                    .forEach(outer -> from.addAll(outer.body().leadingTo(outer.call())));
        }
        return source.value().made().isEmpty()
                && from.stream()
                        .anyMatch(call -> lookUps.looksUp(source.method(), call)
                                && source.value().types().stream()
                                        .noneMatch(type -> makes(source.method(), call, type)));
    }

    private boolean makes(JavaCodeUnit method, Invocation call, String type) {
        return model.calls().callsFrom(method).stream()
                .filter(callee -> Site.callOf(callee).test(call))
                .flatMap(callee -> model.walks().methodsFrom(callee).stream())
                .flatMap(reached -> model.calls().callsFrom(reached).stream())
                .anyMatch(made ->
                        made.isConstructor() && made.getOwner().getName().equals(type));
    }
}
