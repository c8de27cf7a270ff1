package io.github.atleastonce.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a story consists of.
 *
 * @param headline how it ended, in a sentence or two
 * @param rows what happened
 * @param complaint what the test said, or why nothing can be said; may be empty
 * @param facts what else there is to know, above all what to do now
 */
record Page(String headline, List<Row> rows, String complaint, List<Fact> facts) {

    String text() {
        List<String> parts = new ArrayList<>();
        parts.add(headline);
        parts.add(Table.of(rows));
        parts.add(complaint);
        parts.add(facts.stream().map(Fact::toString).collect(Collectors.joining("\n")));
        parts.removeIf(String::isEmpty);
        return Printable.escaped(String.join("\n\n", parts));
    }
}
