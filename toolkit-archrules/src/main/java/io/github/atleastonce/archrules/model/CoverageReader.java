package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import io.github.atleastonce.archrules.knowledge.Role;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts what was understood, and finds what has to do with messages and was not. */
final class CoverageReader {

    private static final Set<Role> MESSAGING = Set.of(
            Role.SEND, Role.SAFE_SEND, Role.FAILURE_ROUTE, Role.POLL, Role.REGISTER, Role.SAGA_STEP, Role.SAGA_ACTION);

    private final EventModel model;
    private final SortedMap<String, Coverage> byContext = new TreeMap<>();
    private final Set<JavaClass> understood = new HashSet<>();
    private final Set<String> senders = new HashSet<>();

    CoverageReader(EventModel model) {
        this.model = model;
    }

    SortedMap<String, Coverage> read() {
        model.contexts().names().forEach(name -> byContext.put(name, Coverage.NONE));
        for (JavaClass type : model.project().classes()) {
            count(type, 1, 0, 0, 0, 0);
            for (JavaCodeUnit method : type.getCodeUnits()) {
                read(type, method);
            }
        }
        model.consumptions().forEach(listener -> {
            JavaClass owner = listener.method().getOwner();
            count(owner, 0, 1, 0, 0, 0);
            understood.add(References.outermost(owner));
        });
        model.publications().forEach(publication -> {
            sender(publication.method(), publication.line());
            understood.add(References.outermost(publication.method().getOwner()));
        });
        unknown()
                .forEach((type, names) ->
                        add(type, new Coverage(0, 0, 0, 0, 0, new TreeMap<>(Map.of(type.getName(), names)))));
        return byContext;
    }

    private void read(JavaClass type, JavaCodeUnit method) {
        int writes = 0;
        for (Effect effect : model.calls().effectsIn(method)) {
            writes += effect.role() == Role.WRITE || effect.role() == Role.MANAGED_WRITE ? 1 : 0;
            if (MESSAGING.contains(effect.role())) {
                understood.add(References.outermost(type));
            }
            if (effect.role() == Role.SEND || effect.role() == Role.SAFE_SEND) {
                sender(method, effect.line());
            }
        }
        int transactions = !method.isConstructor() && model.calls().opensTransaction(method) ? 1 : 0;
        if (writes + transactions > 0) {
            count(type, 0, 0, 0, writes, transactions);
        }
    }

    /** A place is one sender, whether or not it is known what it publishes. */
    private void sender(JavaCodeUnit method, int line) {
        if (senders.add(method.getFullName() + ":" + line)) {
            count(method.getOwner(), 0, 0, 1, 0, 0);
        }
    }

    private SortedMap<JavaClass, SortedSet<String>> unknown() {
        SortedMap<JavaClass, SortedSet<String>> unknown = new TreeMap<>(Comparator.comparing(JavaClass::getName));
        model.project().usersOfWatched().forEach((library, users) -> {
            if (!model.types().isKnown(library)) {
                for (JavaClass user : users) {
                    JavaClass outermost = References.outermost(user);
                    if (!understood.contains(outermost)) {
                        unknown.computeIfAbsent(outermost, key -> new TreeSet<>())
                                .add(References.outermost(library).getSimpleName());
                    }
                }
            }
        });
        return unknown;
    }

    private void count(JavaClass type, int classes, int listeners, int senders, int writes, int transactions) {
        add(type, new Coverage(classes, listeners, senders, writes, transactions, new TreeMap<>()));
    }

    private void add(JavaClass type, Coverage more) {
        byContext.merge(model.contexts().nameOf(type), more, Coverage::plus);
    }
}
