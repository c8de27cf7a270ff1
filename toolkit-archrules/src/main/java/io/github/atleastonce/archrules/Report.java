package io.github.atleastonce.archrules;

import io.github.atleastonce.archrules.model.EventModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a check found. Immutable. */
public final class Report {

    private final EventModel model;
    private final List<RuleResult> results;

    Report(EventModel model, List<RuleResult> results) {
        this.model = model;
        this.results = List.copyOf(results);
    }

    /**
     * Returns the model that the rules looked at.
     *
     * @return what the code says
     */
    public EventModel model() {
        return model;
    }

    /**
     * Returns what the rules found.
     *
     * @return one result for each rule, in the order of the rules
     */
    public List<RuleResult> results() {
        return results;
    }

    /**
     * Returns what one rule found.
     *
     * @param ruleId the id of the rule
     * @return its result, or empty if it was not part of the check
     */
    public Optional<RuleResult> result(String ruleId) {
        return results.stream()
                .filter(result -> result.rule().id().equals(ruleId))
                .findFirst();
    }

    /**
     * Tells what of the code was understood, so that a clean result can be told from a check that saw nothing.
     *
     * @return a line with counts; then what has to do with messages and was not understood; then, where contexts are in doubt, the
     *     lines that would declare them
     */
    public String coverage() {
        return new CoverageText(model).text();
    }

    /**
     * Tells whether the check fails.
     *
     * @return whether a rule does
     */
    public boolean isFailure() {
        return results.stream().anyMatch(RuleResult::isFailure);
    }

    /**
     * Writes all messages: of errors and of warnings, and at the end, as hints, which rules could not look at anything.
     *
     * @return the messages, an empty line between two
     */
    public String message() {
        Stream<String> findings = results.stream()
                .filter(result -> !result.fresh().isEmpty() || !result.stale().isEmpty())
                .map(RuleResult::message);
        String hints = results.stream()
                .filter(result -> !result.lacks().isEmpty()
                        && result.fresh().isEmpty()
                        && result.stale().isEmpty())
                .map(result -> "Hint: " + result.message())
                .collect(Collectors.joining());
        return Stream.concat(findings, hints.isEmpty() ? Stream.empty() : Stream.of(hints))
                .collect(Collectors.joining("\n"));
    }

    /**
     * Fails if a rule does.
     *
     * @throws AssertionError with all messages
     */
    public void assertNoViolations() {
        if (isFailure()) {
            throw new AssertionError("\n" + message());
        }
    }
}
