package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import io.github.atleastonce.archrules.bytecode.Invocation;
import io.github.atleastonce.archrules.bytecode.MethodCode;
import io.github.atleastonce.archrules.bytecode.Origin;
import io.github.atleastonce.archrules.knowledge.Fact;
import io.github.atleastonce.archrules.knowledge.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the listeners: by annotation, by implemented type, by polling, by registration in code, by bean of a function. */
final class ListenerReader {

    private final Types types;
    private final CallGraph graph;
    private final Codes codes;
    private final Payloads payloads;
    private final FunctionBeans functions;
    private final Contexts contexts;

    ListenerReader(Types types, CallGraph graph, Codes codes, Payloads payloads, Contexts contexts) {
        this.types = types;
        this.graph = graph;
        this.codes = codes;
        this.payloads = payloads;
        this.functions = new FunctionBeans(types, payloads);
        this.contexts = contexts;
    }

    List<Consumption> read(Iterable<JavaClass> classes) {
        List<Consumption> found = new ArrayList<>();
        for (JavaClass type : classes) {
            List<Fact> implemented = types.factsOf(type).stream()
                    .filter(fact -> fact.role() == Role.LISTENER
                            && !fact.annotation()
                            && !fact.members().isEmpty())
                    .toList();
            for (JavaCodeUnit method : type.getCodeUnits()) {
                if ((!implemented.isEmpty() || !method.getAnnotations().isEmpty())
                        && !CallGraph.isAbstract(method)
                        && !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && !method.getModifiers().contains(JavaModifier.BRIDGE)) {
                    annotated(method)
                            .or(() -> implementing(method, implemented))
                            .or(() -> functionBean(method))
                            .ifPresent(found::add);
                }
            }
        }
        for (JavaCodeUnit method : graph.methodsWithEffects()) {
            for (Effect effect : graph.effectsIn(method)) {
                if (effect.role() == Role.POLL) {
                    Payloads.Payload payload = payloads.ofPoller(method);
                    found.add(consumption(method, payload, channelsSubscribed(method), effect.fact()));
                } else if (effect.role() == Role.REGISTER) {
                    found.addAll(registered(effect));
                }
            }
        }
        return found;
    }

    private Optional<Consumption> annotated(JavaCodeUnit method) {
        return types.annotations(method).stream()
                .filter(fact -> fact.role() == Role.LISTENER)
                .findFirst()
                .map(fact -> {
                    Set<String> channels = channels(method, fact);
                    if (channels.isEmpty()) {
                        channels = types.annotations(method.getOwner()).stream()
                                .filter(other -> other.role() == Role.LISTENER)
                                .map(other -> channels(method.getOwner(), other))
                                .findFirst()
                                .orElse(Set.of());
                    }
                    return consumption(method, payloads.ofListener(method), channels, fact);
                });
    }

    private Optional<Consumption> implementing(JavaCodeUnit method, List<Fact> implemented) {
        return implemented.stream()
                .filter(fact -> fact.covers(method.getName()))
                .findFirst()
                .map(fact -> consumption(method, payloads.ofListener(method), Set.of(), fact));
    }

    private Optional<Consumption> functionBean(JavaCodeUnit unit) {
        return unit instanceof JavaMethod method
                ? functions
                        .factOf(method)
                        .map(fact -> consumption(method, functions.taken(method, fact), Set.of(), fact))
                : Optional.empty();
    }

    private List<Consumption> registered(Effect effect) {
        List<Consumption> found = new ArrayList<>();
        for (MethodCode body : codes.bodiesOf(effect.origin())) {
            for (Invocation call : body.calls()) {
                if (call.name().equals(effect.member()) && call.line() == effect.line()) {
                    Set<String> taken = effect
                            .fact()
                            .argument("payload", call.arguments().size())
                            .stream()
                            .mapToObj(index -> call.arguments().get(index))
                            .map(Origin::classLiterals)
                            .findFirst()
                            .orElse(Set.of());
                    Set<String> channels = channelsOfChain(body);
                    effect.fact()
                            .argument("channel", call.arguments().size())
                            .ifPresent(index ->
                                    channels.addAll(call.arguments().get(index).texts()));
                    found.add(consumption(
                            handler(effect, call), new Payloads.Payload(taken, false), channels, effect.fact()));
                }
            }
        }
        return found;
    }

    private static Set<String> channelsOfChain(MethodCode body) {
        Set<String> channels = new TreeSet<>();
        body.calls().stream()
                .filter(call -> call.name().startsWith("for")
                        || call.name().startsWith("from")
                        || call.name().startsWith("andFor"))
                .forEach(call -> call.arguments().forEach(argument -> channels.addAll(argument.texts())));
        return channels;
    }

    private JavaCodeUnit handler(Effect effect, Invocation call) {
        for (int index : effect.fact().argument("handler", call.arguments().size()).stream()
                .toArray()) {
            for (String name : call.arguments().get(index).handlers()) {
                for (JavaMethod method : Members.methodsOf(effect.origin().getOwner())) {
                    if (name.equals(effect.origin().getOwner().getName() + "#" + method.getName())) {
                        return method;
                    }
                }
            }
        }
        return effect.origin();
    }

    /** The constant topics that the polling class subscribes to. */
    private Set<String> channelsSubscribed(JavaCodeUnit method) {
        Set<String> channels = new TreeSet<>();
        for (JavaCodeUnit other : method.getOwner().getCodeUnits()) {
            for (MethodCode body : codes.bodiesOf(other)) {
                body.calls().stream()
                        .filter(call -> call.name().equals("subscribe"))
                        .forEach(call -> call.arguments().forEach(argument -> channels.addAll(argument.texts())));
            }
        }
        return channels;
    }

    private Consumption consumption(JavaCodeUnit method, Payloads.Payload payload, Set<String> channels, Fact fact) {
        return new Consumption(
                contexts.nameOf(method.getOwner()), method, payload.types(), channels, fact, payload.untyped());
    }

    static Set<String> channels(HasAnnotations<?> element, Fact fact) {
        Set<String> channels = new TreeSet<>();
        for (String attribute : fact.options().getOrDefault("channel", "").split(",")) {
            for (JavaAnnotation<?> annotation : element.getAnnotations()) {
                if (annotation.getRawType().getName().equals(fact.type())) {
                    Object value = annotation.get(attribute).orElse("");
                    Iterable<?> values =
                            value instanceof Object[] many ? Arrays.asList(many) : Collections.singletonList(value);
                    values.forEach(one -> channels.add(String.valueOf(one)));
                }
            }
        }
        channels.remove("");
        return channels;
    }
}
