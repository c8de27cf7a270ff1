package io.github.atleastonce.archrules;

import io.github.atleastonce.archrules.model.Coverage;
import io.github.atleastonce.archrules.model.EventModel;
import java.util.List;
import java.util.SortedMap;

/** Says what a check looked at. */
final class CoverageText {

    /** What is printed with each run is to be read. */
    private static final int SHOWN = 12;

    private final EventModel model;

    CoverageText(EventModel model) {
        this.model = model;
    }

    String text() {
        SortedMap<String, Coverage> byContext = model.coverage();
        Coverage all = byContext.values().stream().reduce(Coverage.NONE, Coverage::plus);
        StringBuilder text = new StringBuilder("Architecture of events: ")
                .append(count(all.classes(), "class", "classes"))
                .append(" read in ")
                .append(count(model.contexts().names().size(), "context", "contexts"))
                .append("; understood: ")
                .append(count(all.listeners(), "listener", "listeners"))
                .append(", ")
                .append(count(all.senders(), "sender", "senders"))
                .append(", ")
                .append(count(all.writes(), "write", "writes"))
                .append(", ")
                .append(count(all.transactions(), "transaction", "transactions"))
                .append(".\n");
        List<String> unknown = all.notUnderstood().entrySet().stream()
                .map(entry -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
                .toList();
        if (!unknown.isEmpty()) {
            text.append("Not understood, though it has to do with messages; rules say nothing of it:\n");
            unknown.stream()
                    .limit(SHOWN)
                    .forEach(line -> text.append("  ").append(line).append('\n'));
            if (unknown.size() > SHOWN) {
                text.append("  … and ").append(unknown.size() - SHOWN).append(" more\n");
            }
        }
        doubt(text);
        return text.toString();
    }

    private void doubt(StringBuilder text) {
        SortedMap<String, String> guessed = model.contexts().guessed();
        if (!guessed.isEmpty()) {
            text.append("Nothing declares or marks a context, so ")
                    .append(String.join(" and ", model.declared().bases()))
                    .append(" is taken to be one. If it holds several, say which:\n");
            guessed.forEach((name, where) -> text.append("  .context(\"")
                    .append(name)
                    .append("\", \"")
                    .append(where)
                    .append("\")\n"));
        }
    }

    private static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
