package io.github.atleastonce.archrules.rules;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.bytecode.Invocation;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.EventModel;
import java.util.HashMap;
import java.util.Map;

/** Tells which calls ask what is stored, themselves or by way of the project's own methods. */
final class LookUps {

    private final EventModel model;

    /** Each method is walked from once: many decisions ask the same one. */
    private final Map<JavaCodeUnit, Boolean> looking = new HashMap<>();

    LookUps(EventModel model) {
        this.model = model;
    }

    boolean looksUp(JavaCodeUnit method, Invocation call) {
        return isLookUp(call)
                || model.calls().callsFrom(method).stream()
                        .filter(callee -> Site.callOf(callee).test(call))
                        .anyMatch(callee -> looking.computeIfAbsent(callee, this::leadsToLookUp));
    }

    private boolean leadsToLookUp(JavaCodeUnit callee) {
        return model.walks().methodsFrom(callee).stream()
                .anyMatch(reached -> model.calls().effectsIn(reached).stream()
                        .anyMatch(effect -> effect.role() == Role.FIND || effect.role() == Role.LOOK_UP));
    }

    private boolean isLookUp(Invocation call) {
        return model.types().isCall(call.owner(), call.name(), Role.FIND)
                || model.types().isCall(call.owner(), call.name(), Role.LOOK_UP);
    }
}
