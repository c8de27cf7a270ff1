package io.github.atleastonce.archrules.rules;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.bytecode.Origin;
import io.github.atleastonce.archrules.model.Effect;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Follows what a write is given up the path to where the code gets it from. */
final class Written {

    private final EventModel model;
    private final Reach reach;
    private final Effect write;
    private final List<JavaCodeUnit> path;

    Written(EventModel model, Reach reach, Effect write) {
        this.model = model;
        this.reach = reach;
        this.write = write;
        this.path = reach.pathTo(write.origin());
    }

    /**
     * Where a method has what is written in hand, to give it to the next or to write it.
     *
     * @param method the method
     * @param site the call that it is given to
     * @param value where it comes from there
     */
    record Source(JavaCodeUnit method, Site site, Origin value) {}

    /** The places where what is written is not just a parameter; empty if that is not known of all. */
    List<Source> sources() {
        return sourcesFrom(path.size() - 1, 0).orElse(List.of());
    }

    private Optional<List<Source>> sourcesFrom(int at, int argument) {
        List<Source> sources = new ArrayList<>();
        List<Site> sites = Site.towards(model, reach, path.get(at), write);
        for (Site site : sites) {
            if (argument < 0 || argument >= site.call().arguments().size()) {
                return Optional.empty();
            }
            Origin value = site.call().arguments().get(argument);
            if (value.parameters().isEmpty() || isLambda(at, site)) {
                sources.add(new Source(path.get(at), site, value));
            } else {
                Optional<List<Source>> further = value.parameters().size() == 1 && at > 0
                        ? sourcesFrom(at - 1, value.parameters().iterator().next())
                        : Optional.empty();
                if (further.isEmpty()) {
                    return Optional.empty();
                }
                sources.addAll(further.get());
            }
        }
        return sources.isEmpty() ? Optional.empty() : Optional.of(sources);
    }

    /** What a lambda is given comes from the call that takes it. */
    private boolean isLambda(int at, Site site) {
        return !site.body().equals(model.code().bodiesOf(path.get(at)).get(0));
    }
}
