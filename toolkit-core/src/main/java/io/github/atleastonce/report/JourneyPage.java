package io.github.atleastonce.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Shows a journey as one file of HTML, drawn as a failure is: a column for each service, and a row for each message that a service sends because of another, in the order in which
 * they follow from each other. Dashed is what is met only under faults.
 */
final class JourneyPage {

    private static final String TEMPLATE = "journey-page.html";

    private final Map<Leg, String> tokens = new LinkedHashMap<>();
    private final List<String> services;
    private final Strokes strokes;
    private int number;

    private JourneyPage(Map<Leg, String> legs) {
        follow(legs.keySet()).forEach(leg -> tokens.put(leg, legs.getOrDefault(leg, "")));
        Set<String> found = new LinkedHashSet<>();
        tokens.keySet().forEach(leg -> {
            found.add(leg.service());
            found.addAll(receivers(leg.effect()));
        });
        services = List.copyOf(found);
        strokes = new Strokes(services.stream()
                .map(name -> name.equals(Leg.TEST)
                        ? new Strokes.Heading("test", name, "")
                        : new Strokes.Heading("service", name, "service"))
                .toList());
    }

    static String of(String title, Map<Leg, String> legs, String mermaid) {
        long dashed = legs.values().stream().filter(token -> !token.isEmpty()).count();
        return Template.filled(
                TEMPLATE,
                Map.of(
                        "title",
                        Html.text(title),
                        "headline",
                        dashed == 0
                                ? "Which message led to which."
                                : "Which message led to which. Dashed is what is met only under faults.",
                        "drawing",
                        legs.isEmpty() ? "<p>No message was sent.</p>\n" : new JourneyPage(legs).draw(),
                        "text",
                        Html.text(mermaid)));
    }

    private String draw() {
        tokens.forEach(this::row);
        return strokes.text();
    }

    /** What begins with the test first, then what begins otherwise, and behind each message what it leads to. */
    private static Collection<Leg> follow(Set<Leg> legs) {
        Set<String> effects = legs.stream().map(Leg::effect).collect(Collectors.toSet());
        Set<Leg> found = new LinkedHashSet<>();
        legs.stream().filter(leg -> leg.service().equals(Leg.TEST)).forEach(root -> follow(root, legs, found));
        legs.stream().filter(leg -> !effects.contains(leg.cause())).forEach(root -> follow(root, legs, found));
        legs.forEach(rest -> follow(rest, legs, found));
        return found;
    }

    private static void follow(Leg root, Set<Leg> legs, Set<Leg> found) {
        Deque<Leg> next = new ArrayDeque<>(List.of(root));
        while (!next.isEmpty()) {
            Leg leg = next.remove();
            if (found.add(leg)) {
                legs.stream()
                        .filter(other -> other.cause().equals(leg.effect()))
                        .forEach(next::add);
            }
        }
    }

    private List<String> receivers(String message) {
        return tokens.keySet().stream()
                .filter(leg -> leg.cause().equals(message))
                .map(Leg::service)
                .distinct()
                .toList();
    }

    private void row(Leg leg, String token) {
        boolean sent = tokens.keySet().stream().anyMatch(other -> other.effect().equals(leg.cause()));
        if (leg.ends() && sent) {
            return; // The arrow that brings its cause tells that it is handled.
        }
        number++;
        strokes.begin(token.isEmpty() ? "act" : "act dashed", number, any -> false);
        int from = column(leg.service());
        List<String> said = new ArrayList<>();
        if (!leg.service().equals(Leg.TEST)) {
            said.add("on " + leg.cause());
        }
        List<String> receivers = leg.ends() ? List.of() : receivers(leg.effect());
        if (leg.ends()) {
            said.add("sends nothing");
        } else if (receivers.isEmpty()) {
            said.add("sends " + leg.effect() + ", which no service handles");
        } else if (receivers.contains(leg.service())) {
            said.add("sends " + leg.effect() + ", also to itself");
        }
        if (!said.isEmpty()) {
            strokes.box(from, said, "");
        }
        receivers.stream()
                .filter(receiver -> !receiver.equals(leg.service()))
                .forEach(receiver -> strokes.arrow(from, column(receiver), leg.effect(), ""));
        strokes.books(notes(leg, token, receivers));
        strokes.end();
    }

    private int column(String service) {
        return services.indexOf(service) + 1;
    }

    private static List<Strokes.Note> notes(Leg leg, String token, List<String> receivers) {
        List<Strokes.Note> notes = new ArrayList<>();
        notes.add(Strokes.Note.of(leg.toString()));
        if (!receivers.isEmpty()) {
            notes.add(Strokes.Note.of("handled by " + String.join(", ", receivers)));
        }
        if (!token.isEmpty()) {
            notes.add(Strokes.Note.of("under faults only, met first under " + token));
        }
        return notes;
    }
}
