package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.knowledge.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the calls between contexts: to foreign beans in the same process, and to clients of which the context is known. */
final class SyncReader {

    private final EventModel model;

    SyncReader(EventModel model) {
        this.model = model;
    }

    List<SyncEdge> read() {
        Map<String, SyncEdge> edges = new LinkedHashMap<>();
        for (JavaClass type : model.project().classes()) {
            Optional<String> context = model.contexts().of(type);
            if (context.isPresent()) {
                for (JavaCodeUnit method : Members.codeUnitsOf(type)) {
                    for (JavaCall<?> call : method.getCallsFromSelf()) {
                        edge(context.get(), method, call)
                                .ifPresent(edge ->
                                        edges.merge(edge.caller() + edge.via() + edge.call(), edge, SyncReader::first));
                    }
                }
            }
        }
        List<SyncEdge> sorted = new ArrayList<>(edges.values());
        sorted.sort(Comparator.comparing(SyncEdge::pair)
                .thenComparing(SyncEdge::caller)
                .thenComparing(SyncEdge::call)
                .thenComparing(SyncEdge::via));
        return sorted;
    }

    /** Of several equal calls the one that is first in the source. */
    private static SyncEdge first(SyncEdge one, SyncEdge other) {
        int shorter = Integer.compare(one.at().length(), other.at().length());
        return shorter < 0 || shorter == 0 && one.at().compareTo(other.at()) <= 0 ? one : other;
    }

    private Optional<SyncEdge> edge(String context, JavaCodeUnit method, JavaCall<?> call) {
        JavaClass target = call.getTargetOwner();
        if (call.getTarget().getName().equals("<init>")) {
            return Optional.empty();
        }
        Optional<String> remote = remoteContext(target);
        Optional<String> called = remote.isPresent()
                ? remote
                : model.project().contains(target) && isBean(target)
                        ? model.contexts().of(target)
                        : Optional.empty();
        return called.filter(other -> !other.equals(context))
                .map(other -> new SyncEdge(
                        new Pair(context, other),
                        method.getOwner().getName(),
                        target.getName(),
                        target.getSimpleName() + "." + call.getTarget().getName(),
                        Source.at(method, call.getLineNumber()),
                        remote.isPresent()));
    }

    private Optional<String> remoteContext(JavaClass client) {
        String declared = model.declared().remoteClients().get(client.getName());
        if (declared != null) {
            return Optional.of(declared);
        }
        for (JavaAnnotation<?> annotation : client.getAnnotations()) {
            for (String attribute : model.types().attributesOf(annotation, Role.REMOTE, "context")) {
                String name = String.valueOf(annotation.get(attribute).orElse(""));
                if (model.contexts().names().contains(name)) {
                    return Optional.of(name);
                }
            }
        }
        return Optional.empty();
    }

    private boolean isBean(JavaClass type) {
        return model.types().is(type, Role.BEAN)
                || type.isInterface()
                        && type.getAllSubclasses().stream()
                                .anyMatch(subclass -> model.types().is(subclass, Role.BEAN));
    }
}
