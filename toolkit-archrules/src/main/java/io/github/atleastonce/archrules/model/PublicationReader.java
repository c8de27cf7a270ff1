package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import io.github.atleastonce.archrules.bytecode.Invocation;
import io.github.atleastonce.archrules.bytecode.MethodCode;
import io.github.atleastonce.archrules.bytecode.Origin;
import io.github.atleastonce.archrules.knowledge.Fact;
import io.github.atleastonce.archrules.knowledge.Role;
import io.github.atleastonce.archrules.model.Publication.Delivery;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds what is published where, following payloads from the call back to where they are made. */
final class PublicationReader {

    private static final Map<Role, Delivery> DELIVERIES =
            Map.of(Role.SEND, Delivery.BROKER, Role.SAFE_SEND, Delivery.OUTBOX, Role.LOCAL_SEND, Delivery.LOCAL);

    /** How many callers up a payload is followed when it is a parameter. */
    private static final int MAX_CALLERS_UP = 3;

    private final Types types;
    private final CallGraph graph;
    private final Codes codes;
    private final Payloads payloads;
    private final Contexts contexts;

    PublicationReader(Types types, CallGraph graph, Codes codes, Payloads payloads, Contexts contexts) {
        this.types = types;
        this.graph = graph;
        this.codes = codes;
        this.payloads = payloads;
        this.contexts = contexts;
    }

    List<Publication> read(Iterable<JavaClass> classes) {
        List<Publication> found = new ArrayList<>();
        for (JavaCodeUnit method : List.copyOf(graph.methodsWithEffects())) {
            for (Effect effect : graph.effectsIn(method)) {
                if (DELIVERIES.containsKey(effect.role())) {
                    found.addAll(published(effect));
                }
            }
        }
        for (JavaClass type : classes) {
            for (JavaMethod method : type.getMethods()) {
                returned(method).forEach(found::add);
            }
        }
        return found;
    }

    /** Methods whose result the framework sends. */
    private List<Publication> returned(JavaMethod method) {
        if (types.annotations(method).isEmpty()) {
            return List.of();
        }
        List<Publication> found = new ArrayList<>();
        for (Fact fact : types.annotations(method)) {
            if (fact.role() == Role.SEND && !CallGraph.isAbstract(method)) {
                Effect effect = new Effect(
                        fact,
                        method,
                        fact.type(),
                        "(result)",
                        method.getSourceCodeLocation().getLineNumber());
                graph.add(method, effect);
                found.add(new Publication(
                        contexts.nameOf(method.getOwner()),
                        method,
                        payloads.ofType(method.getReturnType()),
                        ListenerReader.channels(method, fact),
                        Delivery.BROKER,
                        effect.line()));
            }
        }
        return found;
    }

    private List<Publication> published(Effect effect) {
        List<Publication> found = new ArrayList<>();
        for (MethodCode body : codes.bodiesOf(effect.origin())) {
            for (Invocation call : body.calls()) {
                if (call.name().equals(effect.member())
                        && call.owner().equals(effect.owner())
                        && call.line() == effect.line()) {
                    found.addAll(published(effect, call));
                }
            }
        }
        return found;
    }

    private List<Publication> published(Effect effect, Invocation call) {
        int count = call.arguments().size();
        Origin payload = effect.fact().argument("payload", count).stream()
                .mapToObj(call.arguments()::get)
                .findFirst()
                .orElse(null);
        Set<String> channels = new TreeSet<>();
        effect.fact()
                .argument("channel", count)
                .ifPresent(index -> channels.addAll(call.arguments().get(index).texts()));
        channels.addAll(channelsOfClient(effect, call));
        Delivery delivery = DELIVERIES.get(effect.role());
        if (payload == null || delivery == null) {
            return List.of();
        }
        channels.addAll(payload.channels());
        List<Publication> found = new ArrayList<>();
        Set<String> own = own(payload);
        if (!own.isEmpty() || payload.parameters().isEmpty()) {
            found.add(new Publication(
                    contexts.nameOf(effect.origin().getOwner()),
                    effect.origin(),
                    own,
                    channels,
                    delivery,
                    effect.line()));
        }
        if (own.stream().allMatch(this::isOpen) && !payload.parameters().isEmpty()) {
            payload.parameters()
                    .forEach(parameter ->
                            fromCallers(effect.origin(), parameter, channels, delivery, MAX_CALLERS_UP, found));
        }
        return found;
    }

    /** An annotated client names the channel on the method that is called. */
    private Set<String> channelsOfClient(Effect effect, Invocation call) {
        Set<String> channels = new TreeSet<>();
        if (effect.fact().annotation() && payloads.isProject(call.owner())) {
            for (JavaMethod method : payloads.projectType(call.owner()).getMethods()) {
                if (method.getName().equals(call.name())) {
                    types.annotations(method).forEach(fact -> channels.addAll(ListenerReader.channels(method, fact)));
                }
            }
        }
        return channels;
    }

    private void fromCallers(
            JavaCodeUnit method,
            int parameter,
            Set<String> channels,
            Delivery delivery,
            int up,
            List<Publication> found) {
        for (JavaCodeUnit caller : new LinkedHashSet<>(graph.callersOf(method))) {
            for (MethodCode body : codes.bodiesOf(caller)) {
                for (Invocation call : body.calls()) {
                    if (call.name().equals(method.getName())
                            && parameter >= 0
                            && parameter < call.arguments().size()
                            && call.arguments().size()
                                    == method.getRawParameterTypes().size()) {
                        Origin argument = call.arguments().get(parameter);
                        Set<String> own = own(argument);
                        if (!own.isEmpty()) {
                            found.add(new Publication(
                                    contexts.nameOf(caller.getOwner()), caller, own, channels, delivery, call.line()));
                        }
                        if (up > 1 && own.stream().allMatch(this::isOpen)) {
                            argument.parameters()
                                    .forEach(next -> fromCallers(caller, next, channels, delivery, up - 1, found));
                        }
                    }
                }
            }
        }
    }

    /** Whether values of the type are likely to be of a subtype, which the callers know. */
    private boolean isOpen(String typeName) {
        JavaClass type = payloads.projectType(typeName);
        return type.isInterface()
                || type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT);
    }

    private Set<String> own(Origin origin) {
        Set<String> own = new TreeSet<>(origin.types());
        own.removeIf(type -> !payloads.isProject(type));
        return own;
    }
}
