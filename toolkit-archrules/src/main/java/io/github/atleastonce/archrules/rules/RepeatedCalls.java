package io.github.atleastonce.archrules.rules;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import io.github.atleastonce.archrules.bytecode.Invocation;
import io.github.atleastonce.archrules.bytecode.MethodCode;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.Effect;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells calls that add something at the other service each time from those that ask, or come to the same when they come again. */
final class RepeatedCalls {

    private static final Pattern KEY = Pattern.compile("(?i)(x-)?(idempotency|deduplication|request)-(key|id)");

    private final EventModel model;

    RepeatedCalls(EventModel model) {
        this.model = model;
    }

    boolean addsEachTime(Reach reach, Effect call) {
        return call.fact().matches("again", call.member())
                || call.fact().options().containsKey("again-after") && isPutTogetherToAdd(reach, call)
                || call.fact().annotation() && isDeclaredToAdd(call);
    }

    /**
     * {@code client.post().uri(…).body(…).retrieve()}, {@code http.send(newBuilder(…).POST(…).build(), …)}, unless the request bears a
     * key by which the other service knows it again.
     */
    private boolean isPutTogetherToAdd(Reach reach, Effect call) {
        List<MethodCode> around = new ArrayList<>();
        List<Invocation> steps = new ArrayList<>();
        for (Site site : Site.towards(model, reach, call.origin(), call)) {
            steps.addAll(site.body().comingInto(site.call()));
        }
        for (Written.Source source : new Written(model, reach, call).sources()) {
            steps.addAll(source.site().body().comingInto(source.site().call()));
            around.addAll(model.code().bodiesOf(source.method()));
        }
        around.addAll(model.code().bodiesOf(call.origin()));
        for (JavaCodeUnit maker : makers(reach.pathTo(call.origin()), steps)) {
            around.addAll(model.code().bodiesOf(maker));
            model.code().bodiesOf(maker).forEach(body -> steps.addAll(body.calls()));
        }
        return steps.stream().anyMatch(step -> adds(call, step))
                && around.stream()
                        .flatMap(body -> body.calls().stream())
                        .flatMap(RepeatedCalls::texts)
                        .noneMatch(text -> KEY.matcher(text).matches());
    }

    /** The project's own methods that make the request, or a part of it. */
    private List<JavaCodeUnit> makers(List<JavaCodeUnit> path, List<Invocation> steps) {
        return path.stream()
                .flatMap(method -> model.calls().callsFrom(method).stream())
                .filter(callee -> steps.stream().anyMatch(Site.callOf(callee)))
                .distinct()
                .toList();
    }

    private static boolean adds(Effect call, Invocation step) {
        return call.fact().matches("again-after", step.name())
                || texts(step).anyMatch(text -> call.fact().matches("again-after", step.name() + ":" + text));
    }

    private static Stream<String> texts(Invocation call) {
        return call.arguments().stream().flatMap(argument -> argument.texts().stream());
    }

    /** By an annotation of the method of a declared client. */
    private boolean isDeclaredToAdd(Effect call) {
        return model.project()
                .type(call.owner())
                .filter(client -> client.getMethods().stream()
                        .filter(method -> method.getName().equals(call.member()))
                        .anyMatch(this::adds))
                .isPresent();
    }

    private boolean adds(JavaMethod method) {
        return model.types().bears(method, Role.ADDING);
    }
}
