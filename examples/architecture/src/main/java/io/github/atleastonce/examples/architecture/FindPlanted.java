package io.github.atleastonce.examples.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.github.atleastonce.archrules.ArchitectureCheck;
import io.github.atleastonce.archrules.Report;
import io.github.atleastonce.archrules.RuleResult;
import io.github.atleastonce.archrules.model.Architecture;
import io.github.atleastonce.archrules.rules.CouplingRules;
import io.github.atleastonce.archrules.rules.RuleSet;
import io.github.atleastonce.archrules.rules.Rules;
import io.github.atleastonce.archrules.rules.Violation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the rules on the planted service and on its clean twin, and fails unless they find what was planted and nothing else. */
public final class FindPlanted {

    private static final String BASE = FindPlanted.class.getPackageName();

    private static final RuleSet RULES = Rules.RECOMMENDED.plus(
            CouplingRules.TOPICS_SHOULD_HAVE_ONE_OWNER, CouplingRules.CONTEXTS_SHOULD_NOT_SHARE_REPOSITORIES);

    private FindPlanted() {}

    record Plant(String rule, String where) {}

    record Outcome(String text, int planted, int found, int falseAlarms) {

        boolean isAsExpected() {
            return planted > 0 && found == planted && falseAlarms == 0;
        }

        String lastLine() {
            return "arch rules: found " + found + " of " + planted + " planted, false alarms " + falseAlarms;
        }
    }

    /**
     * Prints the messages and the count.
     *
     * @param args the directory of this module
     */
    public static void main(String[] args) {
        Outcome outcome = run(Path.of(args.length > 0 ? args[0] : "."));
        System.out.println(outcome.text());
        System.out.println(outcome.lastLine());
        if (!outcome.isAsExpected()) {
            throw new IllegalStateException(outcome.lastLine());
        }
    }

    static Outcome run(Path module) {
        Architecture planted = Architecture.of(BASE + ".planted")
                .contextPerPackage()
                .budget("payment", "order", 2)
                .contractBaseline(module.resolve("contracts/planted.txt"));
        Architecture clean = Architecture.of(BASE + ".clean")
                .contextPerPackage()
                .contractBaseline(module.resolve("contracts/clean.txt"));
        JavaClasses plantedClasses = planted.importClasses();
        Report dirty = ArchitectureCheck.of(planted).rules(RULES).run(plantedClasses);
        Report mended = ArchitectureCheck.of(clean).rules(RULES).run();

        List<Plant> missing = plants(plantedClasses);
        int count = missing.size();
        int falseAlarms = 0;
        for (RuleResult result : dirty.results()) {
            for (Violation violation : result.fresh()) {
                boolean expected = missing.removeIf(
                        plant -> plant.rule().equals(result.rule().id())
                                && violation.where().contains(plant.where()));
                falseAlarms += expected ? 0 : 1;
            }
        }
        falseAlarms += mended.results().stream()
                .mapToInt(result -> result.fresh().size())
                .sum();
        String text = dirty.message() + (mended.message().isEmpty() ? "" : "In the clean twin:\n" + mended.message());
        missing.forEach(plant -> System.out.println("not found: " + plant));
        return new Outcome(text, count, count - missing.size(), falseAlarms);
    }

    private static List<Plant> plants(JavaClasses classes) {
        List<Plant> plants = new ArrayList<>();
        classes.forEach(type -> type.tryGetAnnotationOfType(Planted.class).ifPresent(planted -> {
            for (String plant : planted.value()) {
                String[] ruleAndWhere = plant.split(" @ ");
                plants.add(new Plant(ruleAndWhere[0], ruleAndWhere.length > 1 ? ruleAndWhere[1] : type.getName()));
            }
        }));
        return plants;
    }
}
