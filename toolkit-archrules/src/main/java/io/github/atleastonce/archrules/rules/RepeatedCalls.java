package io.github.atleastonce.archrules.rules;

import com.tngtech.archunit.core.domain.JavaMethod;
import io.github.atleastonce.archrules.bytecode.Invocation;
import io.github.atleastonce.archrules.bytecode.MethodCode;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.Effect;
import io.github.atleastonce.archrules.model.EventModel;
import java.util.List;
import java.util.regex.Pattern;

/** Tells calls that add something at the other service each time from those that ask, or come to the same when they come again. */
final class RepeatedCalls {

    private static final Pattern KEY = Pattern.compile("(?i)(x-)?(idempotency|deduplication|request)-(key|id)");

    private final EventModel model;

    RepeatedCalls(EventModel model) {
        this.model = model;
    }

    boolean addsEachTime(Effect call) {
        return call.fact().matches("again", call.member())
                || call.fact().options().containsKey("again-after") && isPutTogetherToAdd(call)
                || call.fact().annotation() && isDeclaredToAdd(call);
    }

    /** {@code client.post().uri(…).body(…).retrieve()}, unless the request bears a key by which the other service knows it again. */
    private boolean isPutTogetherToAdd(Effect call) {
        for (MethodCode body : model.code().bodiesOf(call.origin())) {
            for (Invocation made : body.calls()) {
                if (made.name().equals(call.member()) && made.line() == call.line()) {
                    List<Invocation> before = body.leadingTo(made);
                    return before.stream().anyMatch(step -> call.fact().matches("again-after", step.name()))
                            && before.stream()
                                    .flatMap(step -> step.arguments().stream())
                                    .flatMap(argument -> argument.texts().stream())
                                    .noneMatch(text -> KEY.matcher(text).matches());
                }
            }
        }
        return false;
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
