package io.github.atleastonce.archrules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import io.github.atleastonce.archrules.contract.ContractBaseline;
import io.github.atleastonce.archrules.model.Architecture;
import io.github.atleastonce.archrules.model.EventModel;
import io.github.atleastonce.archrules.model.Exemption;
import io.github.atleastonce.archrules.rules.CouplingRules;
import io.github.atleastonce.archrules.rules.ModelRules;
import io.github.atleastonce.archrules.rules.Rule;
import io.github.atleastonce.archrules.rules.RuleSet;
import io.github.atleastonce.archrules.rules.Rules;
import io.github.atleastonce.archrules.rules.Violation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Runs rules on an architecture.
 *
 * <p>{@code ArchitectureCheck.of(Architecture.of("com.acme.shop")).run().assertNoViolations()} is the plain call. The
 * classes are imported once and one model is derived from them, whatever the number of rules. That the declaration fits
 * the code is checked always. Immutable; running may shrink the store of frozen violations.
 */
public final class ArchitectureCheck {

    private final Architecture architecture;
    private final RuleSet rules;
    private final @Nullable Path frozen;

    /** Those of which it was printed what was understood; shared with the checks that are made of this one. */
    private final PerImport<Report> told;

    private final PerImport<Report> reports = new PerImport<>();

    private ArchitectureCheck(Architecture architecture, RuleSet rules, @Nullable Path frozen, PerImport<Report> told) {
        this.architecture = architecture;
        this.rules = rules;
        this.frozen = frozen;
        this.told = told;
    }

    /**
     * Checks the recommended rules.
     *
     * @param architecture what the team declared
     * @return the check
     */
    public static ArchitectureCheck of(Architecture architecture) {
        return new ArchitectureCheck(architecture, Rules.RECOMMENDED, null, new PerImport<>());
    }

    /**
     * Checks other rules.
     *
     * @param other the rules
     * @return the changed check
     */
    public ArchitectureCheck rules(RuleSet other) {
        return new ArchitectureCheck(architecture, other, frozen, told);
    }

    /**
     * Keeps violations that were there before the rules, so that only new ones fail.
     *
     * <p>The store shrinks by itself, never on a server that sets the environment variable {@code CI}, and grows only with
     * {@code -Datleastonce.archrules.accept=frozen}. That the declaration fits the code is never frozen.
     *
     * @param directory a directory under version control
     * @return the changed check
     */
    public ArchitectureCheck freezeIn(Path directory) {
        return new ArchitectureCheck(architecture, rules, directory, told);
    }

    /**
     * Returns the declaration.
     *
     * @return what the team declared
     */
    public Architecture architecture() {
        return architecture;
    }

    /**
     * Imports the project's classes and checks them, and prints what of them was understood.
     *
     * @return what was found
     */
    public Report run() {
        return run(architecture.importClasses());
    }

    /**
     * Checks imported classes, and prints what of them was understood: once for an import, however many rules are asked one by one.
     *
     * @param classes the project's own classes
     * @return what was found
     * @throws IllegalArgumentException if an exemption names a rule that does not exist
     */
    public Report run(JavaClasses classes) {
        Report report = run(classes, Surroundings.present());
        told.of(classes, imported -> {
            System.out.print(report.coverage());
            return report;
        });
        return report;
    }

    /**
     * Returns a rule of this check for ArchUnit's {@code @ArchTest}. All rules that are part of the check share one run.
     *
     * @param rule a rule; one that is not part of the check ({@link #rules}) is added for this call, which costs a run of its own
     * @return the rule as ArchUnit knows rules; warnings are logged
     */
    public ArchRule archRule(Rule rule) {
        boolean part = rules.rules().stream().anyMatch(other -> other.id().equals(rule.id())) || isModelRule(rule);
        return part
                ? ArchRuleAdapter.of(rule, classes -> reports.of(classes, this::run))
                : rules(rules.plus(rule)).archRule(rule);
    }

    Report run(JavaClasses classes, Surroundings surroundings) {
        surroundings.check();
        EventModel model = EventModel.of(architecture, classes);
        Path baseline = architecture.declared().contractBaseline();
        if (baseline != null && surroundings.accepts("contracts")) {
            ContractBaseline.of(model).write(baseline);
        }
        FrozenViolations store = frozen == null ? null : new FrozenViolations(frozen, surroundings);
        List<Rule> all = RuleSet.of(ModelRules.ARCHITECTURE_SHOULD_MATCH_CODE)
                .plus(rules)
                .rules();
        checkExemptions();
        List<RuleResult> results = new ArrayList<>();
        for (Rule rule : all) {
            results.add(result(rule, model, store));
        }
        return new Report(model, results);
    }

    private RuleResult result(Rule rule, EventModel model, @Nullable FrozenViolations store) {
        String lacks = rule.lacks(model).orElse("");
        List<Violation> found = new ArrayList<>(lacks.isEmpty() ? rule.violations(model) : List.of());
        if (store != null && isModelRule(rule)) {
            found.addAll(orphans(store));
        }
        if (store != null && rule.id().equals(CouplingRules.FOREIGN_EVENTS_WITHIN_BUDGET.id())) {
            found.addAll(new BudgetRatchet(store.directory(), store.surroundings()).outgrown(model, found));
        }
        List<Exemption> exemptions = architecture.declared().exemptions().stream()
                .filter(exemption -> exemption.rule().equals(rule.id()))
                .toList();
        List<Exemption> stale = new ArrayList<>(exemptions);
        List<Violation> rest = new ArrayList<>();
        for (Violation violation : found) {
            List<Exemption> fitting = exemptions.stream()
                    .filter(exemption -> fits(exemption, violation))
                    .toList();
            stale.removeAll(fitting);
            if (fitting.isEmpty()) {
                rest.add(violation);
            }
        }
        Set<String> frozenHeadlines = store == null || isModelRule(rule) ? Set.of() : store.frozen(rule.id(), rest);
        List<Violation> fresh = rest.stream()
                .filter(violation -> !frozenHeadlines.contains(violation.headline()))
                .toList();
        return new RuleResult(rule, fresh, rest.size() - fresh.size(), found.size() - rest.size(), stale, lacks);
    }

    private static boolean fits(Exemption exemption, Violation violation) {
        return violation.where().contains(exemption.where())
                || violation.headline().equals(exemption.where());
    }

    /** It is never frozen: all other rules pass on code that they do not see. */
    private static boolean isModelRule(Rule rule) {
        return rule.id().equals(ModelRules.ARCHITECTURE_SHOULD_MATCH_CODE.id());
    }

    private List<Violation> orphans(FrozenViolations store) {
        Set<String> known = knownRules();
        known.add(BudgetRatchet.NAME);
        known.remove(ModelRules.ARCHITECTURE_SHOULD_MATCH_CODE.id());
        return store.orphans(known).stream()
                .map(name -> Violation.of(
                        "frozen violations of no rule: " + name,
                        List.of("file    " + store.directory().resolve(name)),
                        Set.of(name)))
                .toList();
    }

    private void checkExemptions() {
        Set<String> known = knownRules();
        for (Exemption exemption : architecture.declared().exemptions()) {
            if (!known.contains(exemption.rule())) {
                throw new IllegalArgumentException(
                        "except(\"" + exemption.rule() + "\", …) names no rule; the ids are " + known + ".");
            }
        }
    }

    /** Those of the catalogue, whether checked or not, and the user's own that are checked. */
    private Set<String> knownRules() {
        Set<String> known = new TreeSet<>();
        Rules.CATALOGUE.plus(rules).rules().forEach(rule -> known.add(rule.id()));
        return known;
    }
}
