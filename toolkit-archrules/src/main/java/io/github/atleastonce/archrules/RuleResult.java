package io.github.atleastonce.archrules;

import io.github.atleastonce.archrules.model.Exemption;
import io.github.atleastonce.archrules.rules.Rule;
import io.github.atleastonce.archrules.rules.Severity;
import io.github.atleastonce.archrules.rules.Violation;
import java.util.List;

/**
 * What one rule found.
 *
 * @param rule the rule
 * @param fresh the violations that are neither frozen nor exempted
 * @param frozen how many violations are frozen
 * @param exempted how many violations are exempted
 * @param stale the exemptions that fit no violation
 * @param lacks what the rule lacked to look at anything, or an empty text
 */
public record RuleResult(
        Rule rule, List<Violation> fresh, int frozen, int exempted, List<Exemption> stale, String lacks) {

    /**
     * Copies the lists.
     *
     * @param rule see above
     * @param fresh see above
     * @param frozen see above
     * @param exempted see above
     * @param stale see above
     * @param lacks see above
     */
    public RuleResult {
        fresh = List.copyOf(fresh);
        stale = List.copyOf(stale);
    }

    /**
     * Tells whether the check fails by this rule.
     *
     * @return whether an error was found, or an exemption is stale
     */
    public boolean isFailure() {
        return !stale.isEmpty() || !fresh.isEmpty() && rule.severity() == Severity.ERROR;
    }

    /**
     * Tells whether there is something to tell.
     *
     * @return whether a violation was found, an exemption is stale, or the rule could not look at anything
     */
    public boolean hasFindings() {
        return !fresh.isEmpty() || !stale.isEmpty() || !lacks.isEmpty();
    }

    /**
     * Writes the message: id, what was found where, why, how to mend, and how to except.
     *
     * @return some lines of text
     */
    public String message() {
        StringBuilder text = new StringBuilder();
        if (!lacks.isEmpty()) {
            text.append(rule.id()).append(" looked at nothing: ").append(lacks).append(".\n");
            if (fresh.isEmpty() && stale.isEmpty()) {
                return text.toString();
            }
        }
        text.append(rule.id())
                .append(" (")
                .append(rule.severity() == Severity.WARN ? "warning, " : "")
                .append(fresh.size())
                .append(" new, ")
                .append(frozen)
                .append(" frozen)\n");
        boolean ruleSpeaks = false;
        for (Violation violation : fresh) {
            text.append(violation.headline()).append('\n');
            violation
                    .details()
                    .forEach(detail -> text.append("  ").append(detail).append('\n'));
            if (!violation.because().isEmpty()) {
                text.append("Why: ").append(violation.because()).append('\n');
            } else {
                ruleSpeaks = true;
            }
        }
        for (Exemption exemption : stale) {
            text.append("stale exemption: ")
                    .append(exemption.where())
                    .append(" (")
                    .append(exemption.because())
                    .append(")\n  it fits no violation any more; delete it.\n");
        }
        if (ruleSpeaks) {
            text.append("Why: ").append(rule.because()).append('\n');
        }
        if (!fresh.isEmpty()) {
            text.append("Fix: ").append(rule.fix()).append('\n');
            text.append("Except: .except(\"")
                    .append(rule.id())
                    .append("\", \"")
                    .append(exemptionFor(fresh.get(0)))
                    .append("\", \"<the reason>\")\n");
        }
        return text.toString();
    }

    /** That of the cause, or else the narrowest name that fits. */
    private static String exemptionFor(Violation violation) {
        if (!violation.cause().isEmpty()) {
            return violation.cause();
        }
        return violation.where().stream()
                .max(java.util.Comparator.comparing((String name) -> name.contains(" → "))
                        .thenComparing(name -> name.contains("."))
                        .thenComparing(name -> -name.length()))
                .orElse(violation.headline());
    }
}
