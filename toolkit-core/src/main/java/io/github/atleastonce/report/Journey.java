package io.github.atleastonce.report;

import io.github.atleastonce.history.History;
import io.github.atleastonce.schedule.ScheduleToken;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Which message led to which: in one run, or in all runs of an exploration together. What a run without faults takes is drawn solid, what is met
 * only under faults dashed, with the token of the first schedule that has met it. Written as a flowchart of Mermaid, and read from one.
 *
 * <p>Pure and immutable.
 */
@API(status = API.Status.INTERNAL)
public final class Journey {

    private static final String HEAD = "flowchart LR";
    private static final Pattern EDGE =
            Pattern.compile("(\\S+?)(?:\\[\"(.*?)\"])? (-->|-\\.->)\\|\"(.*?)\"\\| (\\S+?)(?:\\[\"(.*?)\"])?");

    /** Each leg with the token of the schedule that has met it first; empty for the run without faults. */
    private final Map<Leg, String> legs;

    private Journey(Map<Leg, String> legs) {
        this.legs = legs;
    }

    /**
     * Draws what happened in a run.
     *
     * @param history the run
     * @param token its schedule
     * @return its journey
     */
    public static Journey of(History history, ScheduleToken token) {
        String met = token.deviations().isEmpty() ? "" : token.toString();
        return of(Causes.of(history), met);
    }

    private static Journey of(Collection<Leg> legs, String token) {
        Map<Leg, String> all = new TreeMap<>();
        legs.forEach(leg -> all.put(leg, token));
        return new Journey(all);
    }

    /**
     * Adds what another run has met besides.
     *
     * @param other a later run
     * @return both together
     */
    public Journey and(Journey other) {
        Map<Leg, String> all = new TreeMap<>(legs);
        other.legs.forEach(all::putIfAbsent);
        return new Journey(all);
    }

    /**
     * Returns all legs but those of services that have sent nothing this time, and do so at other times.
     *
     * @return the legs, in their order
     */
    public Set<Leg> legs() {
        return drawn().keySet();
    }

    /**
     * Returns the legs of the run without faults.
     *
     * @return the solid ones
     */
    public Set<Leg> solid() {
        return drawn().entrySet().stream()
                .filter(leg -> leg.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<Leg, String> drawn() {
        Map<Leg, String> drawn = new TreeMap<>(legs);
        drawn.keySet()
                .removeIf(leg -> leg.ends()
                        && legs.keySet().stream()
                                .anyMatch(other -> !other.ends()
                                        && other.cause().equals(leg.cause())
                                        && other.service().equals(leg.service())));
        return drawn;
    }

    /**
     * Writes this as a flowchart of Mermaid, the solid legs first.
     *
     * @return some lines, the last one ended
     */
    public String mermaid() {
        Map<Leg, String> drawn = drawn();
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        Set<Leg> ordered = new LinkedHashSet<>(solid());
        ordered.addAll(drawn.keySet());
        for (Leg leg : ordered) {
            String token = drawn.getOrDefault(leg, "");
            String label = leg.service() + (token.isEmpty() ? "" : ", " + token);
            text.append("    ")
                    .append(node(leg.cause()))
                    .append(token.isEmpty() ? " -->" : " -.->")
                    .append("|\"")
                    .append(escaped(label))
                    .append("\"| ")
                    .append(node(leg.effect()))
                    .append('\n');
        }
        return text.toString();
    }

    /**
     * Shows this as one page of HTML that needs no network, drawn as a failure is.
     *
     * @param title what stands above it
     * @return a document of HTML
     */
    public String html(String title) {
        return JourneyPage.of(title, drawn(), mermaid());
    }

    /**
     * Reads what {@link #mermaid()} has written. Lines that are no legs, such as styles, are passed over.
     *
     * @param text the flowchart
     * @return the journey
     */
    public static Journey read(String text) {
        Map<Leg, String> legs = new LinkedHashMap<>();
        text.lines().map(String::strip).forEach(line -> {
            Matcher edge = EDGE.matcher(line);
            if (edge.matches()) {
                String label = unescaped(edge.group(4));
                boolean solid = edge.group(3).equals("-->");
                int comma = label.indexOf(", ");
                String service = solid || comma < 0 ? label : label.substring(0, comma);
                String token = solid ? "" : comma < 0 ? "?" : label.substring(comma + 2);
                legs.put(
                        new Leg(name(edge.group(1), edge.group(2)), service, name(edge.group(5), edge.group(6))),
                        token);
            }
        });
        return new Journey(legs);
    }

    private static String node(String name) {
        String id = name.replaceAll("[^\\p{Alnum}]+", "_");
        return id.equals(name) ? name : id + "[\"" + escaped(name) + "\"]";
    }

    private static String name(String id, @Nullable String label) {
        return label == null ? id : unescaped(label);
    }

    private static String escaped(String text) {
        return text.replace("#", "#35;")
                .replace("\"", "#quot;")
                .replace("<", "#lt;")
                .replace(">", "#gt;");
    }

    private static String unescaped(String text) {
        return text.replace("#gt;", ">")
                .replace("#lt;", "<")
                .replace("#quot;", "\"")
                .replace("#35;", "#");
    }

    @Override
    public String toString() {
        return drawn().entrySet().stream()
                .map(leg -> leg.getKey() + (leg.getValue().isEmpty() ? "" : "   (" + leg.getValue() + ")"))
                .collect(Collectors.joining("\n"));
    }
}
