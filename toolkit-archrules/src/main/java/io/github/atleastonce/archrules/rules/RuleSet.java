package io.github.atleastonce.archrules.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Some rules, each id once, in a stable order. Immutable and thread-safe. */
public final class RuleSet {

    private final Map<String, Rule> rules = new LinkedHashMap<>();

    private RuleSet(Iterable<Rule> rules) {
        rules.forEach(rule -> this.rules.put(rule.id(), rule));
    }

    /**
     * Picks rules.
     *
     * @param rules the rules
     * @return the set
     */
    public static RuleSet of(Rule... rules) {
        return new RuleSet(List.of(rules));
    }

    static RuleSet of(Iterable<Rule> rules) {
        return new RuleSet(rules);
    }

    /**
     * Adds rules, or replaces those with the same id.
     *
     * @param more the rules
     * @return the changed set
     */
    public RuleSet plus(Rule... more) {
        List<Rule> all = rules();
        all.addAll(List.of(more));
        return new RuleSet(all);
    }

    /**
     * Adds the rules of another set, or replaces those with the same id.
     *
     * @param other the other set
     * @return the changed set
     */
    public RuleSet plus(RuleSet other) {
        return plus(other.rules().toArray(Rule[]::new));
    }

    /**
     * Takes rules out.
     *
     * @param fewer the rules
     * @return the changed set
     */
    public RuleSet without(Rule... fewer) {
        List<Rule> rest = rules();
        List.of(fewer).forEach(rule -> rest.removeIf(other -> other.id().equals(rule.id())));
        return new RuleSet(rest);
    }

    /**
     * Returns the rules.
     *
     * @return a copy, in order
     */
    public List<Rule> rules() {
        return new ArrayList<>(rules.values());
    }
}
