package io.github.atleastonce.archrules.rules;

import static io.github.atleastonce.archrules.bytecode.Decision.Answer.NO;
import static io.github.atleastonce.archrules.bytecode.Decision.Answer.NOTHING;
import static io.github.atleastonce.archrules.bytecode.Decision.Answer.OTHER;
import static io.github.atleastonce.archrules.bytecode.Decision.Answer.YES;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.bytecode.Decision;
import io.github.atleastonce.archrules.bytecode.Invocation;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.Effect;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Reach;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds out whether something is done only where what is stored says that it has not been done: because nothing is there, or
 * because what is there is in a state that the work ends.
 */
final class Guards {

    /** A call so named answers yes where nothing is there. */
    private static final Pattern ABSENT =
            Pattern.compile("(?i)(isEmpty|is(First|New|Absent|Missing)|first|none|not[A-Z]|lacks).*");

    /** A finder so named asks for more than a key. */
    private static final Pattern STATE = Pattern.compile(".*[a-z0-9]And[A-Z].*|.*(State|Status|Phase|Step).*");

    private static final Pattern NEXT = Pattern.compile("hasNext|next");

    private final EventModel model;
    private final LookUps lookUps;

    Guards(EventModel model, LookUps lookUps) {
        this.model = model;
        this.lookUps = lookUps;
    }

    boolean guarded(Reach reach, Effect effect) {
        return reach.pathTo(effect.origin()).stream().anyMatch(method -> guardedIn(reach, method, effect));
    }

    private boolean guardedIn(Reach reach, JavaCodeUnit method, Effect effect) {
        List<Site> sites = Site.towards(model, reach, method, effect);
        return !sites.isEmpty() && sites.stream().allMatch(site -> isGuarded(method, site));
    }

    private boolean isGuarded(JavaCodeUnit method, Site site) {
        List<Site> around = site.around(model, method);
        return isDecided(method, site, around)
                || IntStream.range(0, around.size())
                        .anyMatch(i -> isDecided(method, around.get(i), around.subList(i + 1, around.size()))
                                || isFiltered(method, around.get(i)));
    }

    /** What a lambda is given comes from the calls that lead to where it is taken. */
    private boolean isDecided(JavaCodeUnit method, Site site, List<Site> around) {
        List<Invocation> given = around.stream()
                .limit(1)
                .flatMap(outer -> outer.body().leadingTo(outer.call()).stream())
                .toList();
        return site.body().decisionsOn(site.call()).stream().anyMatch(decision -> isGuard(method, decision, given));
    }

    private boolean isGuard(JavaCodeUnit method, Decision decision, List<Invocation> given) {
        List<Invocation> asked =
                Stream.concat(decision.asked().stream(), given.stream()).toList();
        if (asked.stream().anyMatch(this::asksEntity)) {
            return true;
        }
        List<Invocation> finders =
                asked.stream().filter(call -> lookUps.looksUp(method, call)).toList();
        if (finders.isEmpty()) {
            return false;
        }
        String nearest = asked.get(0).name();
        return decision.answer() == NOTHING
                || decision.answer() == OTHER && !NEXT.matcher(nearest).matches()
                || decision.answer() == NO && !ABSENT.matcher(nearest).matches()
                || decision.answer() == YES && ABSENT.matcher(nearest).matches()
                || finders.stream().anyMatch(Guards::asksForState);
    }

    /** A question to an entity is about its state. */
    private boolean asksEntity(Invocation call) {
        return model.project()
                .type(call.owner())
                .filter(type -> model.types().is(type, Role.ENTITY))
                .isPresent();
    }

    private static boolean asksForState(Invocation finder) {
        return STATE.matcher(finder.name()).matches();
    }

    /** {@code find(id).filter(…).ifPresent(x -> write)}, {@code find(id).orElseGet(() -> write)}. */
    private boolean isFiltered(JavaCodeUnit method, Site taking) {
        return taking.body().calls().stream()
                .filter(call -> model.types().isCall(call.owner(), call.name(), Role.ONLY_IF))
                .filter(call -> call.equals(taking.call())
                        || taking.body().leadingTo(taking.call()).contains(call)
                        || taking.body().comingInto(call).contains(taking.call()))
                .anyMatch(call ->
                        taking.body().leadingTo(call).stream().anyMatch(source -> lookUps.looksUp(method, source)));
    }
}
