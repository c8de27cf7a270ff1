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
    private final FunctionBeans functions;
    private final Contexts contexts;

    PublicationReader(Types types, CallGraph graph, Codes codes, Payloads payloads, Contexts contexts) {
        this.types = types;
        this.graph = graph;
        this.codes = codes;
        this.payloads = payloads;
        this.functions = new FunctionBeans(types, payloads);
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
        if (method.getAnnotations().isEmpty() || CallGraph.isAbstract(method)) {
            return List.of();
        }
        List<Publication> found = new ArrayList<>();
        functions
                .factOf(method)
                .ifPresent(fact -> functions
                        .sent(method, fact)
                        .ifPresent(sent -> found.add(publication(
                                ofResult(method, new Fact(Role.SEND, false, fact.type(), List.of(), Map.of())),
                                sent,
                                Set.of(),
                                Delivery.BROKER))));
        for (Fact fact : factsOfResult(method)) {
            Effect effect = ofResult(method, fact);
            Set<String> channels = ListenerReader.channels(method, fact);
            found.add(publication(
                    effect,
                    payloads.ofType(method.getReturnType()),
                    channels.isEmpty() ? ListenerReader.channels(method.getOwner(), fact) : channels,
                    Delivery.BROKER));
        }
        return found;
    }

    private Effect ofResult(JavaMethod method, Fact fact) {
        Effect effect = new Effect(
                fact,
                method,
                fact.type(),
                Effect.RESULT,
                method.getSourceCodeLocation().getLineNumber());
        graph.add(method, effect);
        return effect;
    }

    /** Those that send by themselves, and those, here or on the class, that do so for what a listener returns. */
    private List<Fact> factsOfResult(JavaMethod method) {
        List<Fact> facts = new ArrayList<>();
        types.annotations(method).stream()
                .filter(fact -> fact.role() == Role.SEND)
                .forEach(facts::add);
        types.annotations(method.getOwner()).stream()
                .filter(fact -> fact.role() == Role.SEND && fact.options().containsKey("with"))
                .forEach(facts::add);
        boolean listens = types.bears(method, Role.LISTENER)
                && !method.getRawReturnType().getName().equals("void");
        facts.removeIf(fact -> fact.options().containsKey("with") && !listens);
        return facts.stream().distinct().toList();
    }

    private List<Publication> published(Effect effect) {
        List<Publication> found = new ArrayList<>();
        for (MethodCode body : codes.bodiesOf(effect.origin())) {
            for (Invocation call : body.calls()) {
                if (call.name().equals(effect.member())
                        && call.owner().equals(effect.owner())
                        && call.line() == effect.line()) {
                    found.addAll(published(effect, body, call));
                }
            }
        }
        return found;
    }

    private List<Publication> published(Effect effect, MethodCode body, Invocation call) {
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
        if (delivery == null) {
            return List.of();
        }
        if (Fact.RECEIVER.equals(effect.fact().options().get("payload"))) {
            return List.of(publication(effect, streamed(effect.origin(), body, call), channels, delivery));
        }
        if (payload == null) {
            return channels.isEmpty() ? List.of() : List.of(publication(effect, Set.of(), channels, delivery));
        }
        channels.addAll(payload.channels());
        List<Publication> found = new ArrayList<>();
        Set<String> own = own(payload);
        if (own.stream().allMatch(this::isOpen)) {
            payload.parameters()
                    .forEach(parameter ->
                            fromCallers(effect.origin(), parameter, channels, delivery, MAX_CALLERS_UP, found));
        }
        if (!own.isEmpty() || payload.parameters().isEmpty()) {
            Publication itself = publication(effect, own, channels, delivery);
            found.add(isPassedOn(itself, found) ? itself.ofNobody() : itself);
        }
        return found;
    }

    /** A bus that others hand their events to says nothing of its own, wherever it lies. */
    private static boolean isPassedOn(Publication itself, List<Publication> ofCallers) {
        return ofCallers.stream().anyMatch(other -> !other.context().equals(itself.context()));
    }

    /** What the last function returns that makes the messages of a stream. */
    private Set<String> streamed(JavaCodeUnit method, MethodCode body, Invocation call) {
        for (Invocation step : body.leadingTo(call)) {
            if (types.isCall(step.owner(), step.name(), Role.MAPPING)) {
                Set<String> made = new TreeSet<>();
                step.arguments().stream()
                        .flatMap(argument -> argument.handlers().stream())
                        .forEach(handler -> made.addAll(returnedBy(method, handler)));
                return made;
            }
        }
        return Set.of();
    }

    /** By a lambda of the method's, or a method that is referred to. */
    private Set<String> returnedBy(JavaCodeUnit method, String handler) {
        String name = handler.substring(handler.indexOf('#') + 1);
        Set<String> returned = new TreeSet<>();
        for (MethodCode body : codes.bodiesOf(method)) {
            if (body.name().equals(name)) {
                returned.addAll(own(body.returned()));
            }
        }
        graph.callsFrom(method).stream()
                .filter(callee -> handler.equals(callee.getOwner().getName() + "#" + callee.getName()))
                .forEach(callee -> codes.bodiesOf(callee).stream()
                        .limit(1)
                        .forEach(body -> returned.addAll(own(body.returned()))));
        return returned;
    }

    private Publication publication(Effect effect, Set<String> sent, Set<String> channels, Delivery delivery) {
        return new Publication(
                contexts.nameOf(effect.origin().getOwner()), effect.origin(), sent, channels, delivery, effect.line());
    }

    /** An annotated client names the channel on the method that is called. */
    private Set<String> channelsOfClient(Effect effect, Invocation call) {
        Set<String> channels = new TreeSet<>();
        if (effect.fact().annotation() && payloads.isProject(call.owner())) {
            for (JavaMethod method : payloads.messageType(call.owner()).getMethods()) {
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
        JavaClass type = payloads.messageType(typeName);
        return type.isInterface()
                || type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT);
    }

    private Set<String> own(Origin origin) {
        Set<String> own = new TreeSet<>(origin.types());
        own.removeIf(type -> !payloads.isMessage(type));
        return own;
    }
}
