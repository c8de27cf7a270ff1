package io.github.atleastonce.vacuous;

import java.util.List;
import java.util.stream.Stream;

/**
 * All that a run of a fixture has shown.
 *
 * @param passed names of the invocations and containers that passed
 * @param aborted what was aborted or skipped, with the reason
 * @param failed what failed, with its messages
 * @param entries what was published
 * @param console what was printed
 * @param files the content of the files that were written
 */
public record Seen(
        List<String> passed,
        List<String> aborted,
        List<String> failed,
        List<String> entries,
        String console,
        List<String> files) {

    /** Says whether something failed with a message that contains the text. */
    boolean fails(String text) {
        return failed.stream().anyMatch(message -> message.contains(text));
    }

    /** Says whether the text stands anywhere. */
    boolean says(String text) {
        return Stream.of(passed, aborted, failed, entries, files, List.of(console))
                .flatMap(List::stream)
                .anyMatch(shown -> shown.contains(text));
    }

    /** Says whether nothing failed. */
    boolean passes() {
        return failed.isEmpty() && aborted.isEmpty() && !passed.isEmpty();
    }
}
