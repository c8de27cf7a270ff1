package io.github.atleastonce.archrules.rules;

import io.github.atleastonce.archrules.model.EventModel;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One rule about the architecture of events.
 *
 * <p>Immutable; thread-safe if its check is, as those of the catalogue are.
 */
public final class Rule {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9_]*");

    private final String id;
    private final Theme theme;
    private final Severity severity;
    private final String because;
    private final String fix;
    private final Function<EventModel, List<Violation>> check;
    private final Function<EventModel, Optional<String>> need;

    private Rule(
            String id,
            Theme theme,
            Severity severity,
            String because,
            String fix,
            Function<EventModel, List<Violation>> check,
            Function<EventModel, Optional<String>> need) {
        this.id = id;
        this.theme = theme;
        this.severity = severity;
        this.because = because;
        this.fix = fix;
        this.check = check;
        this.need = need;
    }

    /**
     * Makes a rule.
     *
     * @param id a stable name in lower snake case
     * @param theme what it is about
     * @param severity what a violation leads to
     * @param because why it matters, one sentence
     * @param fix how to mend it, one sentence
     * @param check finds the violations
     * @return the rule
     * @throws IllegalArgumentException if the id is not in lower snake case
     */
    public static Rule of(
            String id,
            Theme theme,
            Severity severity,
            String because,
            String fix,
            Function<EventModel, List<Violation>> check) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("A rule's id wants lower snake case, but got '" + id + "'.");
        }
        return new Rule(id, theme, severity, because, fix, check, model -> Optional.empty());
    }

    /**
     * Returns the stable name.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * Returns what the rule is about.
     *
     * @return the theme
     */
    public Theme theme() {
        return theme;
    }

    /**
     * Returns what a violation leads to.
     *
     * @return the severity
     */
    public Severity severity() {
        return severity;
    }

    /**
     * Returns why the rule matters.
     *
     * @return one sentence
     */
    public String because() {
        return because;
    }

    /**
     * Returns how to mend a violation.
     *
     * @return one sentence
     */
    public String fix() {
        return fix;
    }

    /**
     * Changes what a violation leads to.
     *
     * @param other the new severity
     * @return the changed rule
     */
    public Rule withSeverity(Severity other) {
        return new Rule(id, theme, other, because, fix, check, need);
    }

    Rule needing(Function<EventModel, Optional<String>> missing) {
        return new Rule(id, theme, severity, because, fix, check, missing);
    }

    /**
     * Tells what the rule lacks to be able to look at anything.
     *
     * @param model what the code says
     * @return what is lacking, or empty if the rule can be checked
     */
    public Optional<String> lacks(EventModel model) {
        return need.apply(model);
    }

    /**
     * Finds the violations, exemptions and frozen ones included.
     *
     * @param model what the code says
     * @return the violations
     */
    public List<Violation> violations(EventModel model) {
        return check.apply(model);
    }

    @Override
    public String toString() {
        return id;
    }
}
