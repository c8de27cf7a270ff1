package io.github.atleastonce.archrules.model;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts, for each pair of contexts, the foreign event types that one knows: listens to, or names in its code. */
final class KnownEvents {

    private final EventModel model;

    KnownEvents(EventModel model) {
        this.model = model;
    }

    Map<Pair, Set<String>> read() {
        Map<Pair, Set<String>> known = new TreeMap<>();
        for (JavaClass type : model.project().classes()) {
            Optional<String> context = model.contexts().of(type);
            if (context.isPresent()) {
                for (JavaClass used : model.project().usesOf(type)) {
                    model.event(used).ifPresent(event -> add(known, context.get(), event));
                }
            }
        }
        for (EventType event : model.events()) {
            boolean family = event.consumers().stream().noneMatch(consumer -> knows(known, consumer, event));
            event.consumers().stream()
                    .filter(consumer -> family && consumesExactly(consumer, event))
                    .forEach(consumer -> add(known, consumer, event));
        }
        return known;
    }

    private boolean consumesExactly(String consumer, EventType event) {
        return model.consumptions().stream()
                .anyMatch(consumption -> consumption.context().equals(consumer)
                        && consumption.types().contains(event.type().getName()));
    }

    private static boolean knows(Map<Pair, Set<String>> known, String consumer, EventType event) {
        return known.getOrDefault(new Pair(consumer, event.owner()), Set.of()).contains(event.wireName());
    }

    private static void add(Map<Pair, Set<String>> known, String context, EventType event) {
        if (!event.owner().isEmpty()
                && !event.owner().equals(context)
                && !event.publishers().contains(context)) {
            known.computeIfAbsent(new Pair(context, event.owner()), key -> new TreeSet<>())
                    .add(event.wireName());
        }
    }
}
