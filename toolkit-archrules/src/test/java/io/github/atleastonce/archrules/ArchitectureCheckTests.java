package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.github.atleastonce.archrules.model.Architecture;
import io.github.atleastonce.archrules.rules.ContractRules;
import io.github.atleastonce.archrules.rules.CouplingRules;
import io.github.atleastonce.archrules.rules.OutboxRules;
import io.github.atleastonce.archrules.rules.Rule;
import io.github.atleastonce.archrules.rules.RuleSet;
import io.github.atleastonce.archrules.rules.Severity;
import io.github.atleastonce.archrules.rules.Theme;
import io.github.atleastonce.archrules.rules.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How violations are exempted, frozen and reported, on a project with one dual write. */
class ArchitectureCheckTests {

    static final Violation OWN_VIOLATION = Violation.of("order: always", List.of(), Set.of("order"));
    static final Rule RULE = OutboxRules.WRITES_AND_SENDS_SHOULD_USE_OUTBOX;
    static final Path FILE = Path.of("src/test/fixtures/writes_and_sends_should_use_outbox/violating.java");
    static final Surroundings LAPTOP = new Surroundings(false, Set.of());
    static final Surroundings CI = new Surroundings(true, Set.of());
    static final Surroundings ACCEPTING = new Surroundings(false, Set.of("frozen", "contracts"));

    static JavaClasses violating;
    static JavaClasses clean;

    @TempDir
    Path directory;

    @BeforeAll
    static void compile(@TempDir Path compiled) {
        violating = Fixture.read(FILE, Idiom.SPRING_KAFKA).compile(compiled.resolve("violating"));
        clean = Fixture.read(FILE.resolveSibling("clean.java"), Idiom.SPRING_KAFKA)
                .compile(compiled.resolve("clean"));
    }

    @Test
    void aViolationReadsAsAStory() {
        assertThat(check(Architecture.of("shop").contextPerPackage())
                        .run(violating, LAPTOP)
                        .message())
                .isEqualTo("""
                writes_and_sends_should_use_outbox (1 new, 0 frozen)
                order: OrderController.place → OrderService.place
                  writes  OrderRepository.save               OrderService.java:7
                  sends   KafkaTemplate.send                 OrderService.java:8
                Why: a crash between lines 7 and 8 leaves state without its event.
                Fix: store the event in an outbox table in the same transaction.
                Except: .except("writes_and_sends_should_use_outbox", "shop.order.OrderService", "<the reason>")
                """);
    }

    @Test
    void anErrorFailsAndAWarningDoesNot() {
        ArchitectureCheck strict = check(Architecture.of("shop").contextPerPackage());
        assertThatThrownBy(() -> strict.run(violating, LAPTOP).assertNoViolations())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(RULE.id());

        Report warned =
                strict.rules(RuleSet.of(RULE.withSeverity(Severity.WARN))).run(violating, LAPTOP);
        warned.assertNoViolations();
        assertThat(warned.message()).startsWith("writes_and_sends_should_use_outbox (warning, 1 new, 0 frozen)");
    }

    @Test
    void anExemptionNeedsAReasonAndAViolation() {
        Architecture excepted = Architecture.of("shop")
                .contextPerPackage()
                .except(RULE.id(), "shop.order.OrderService", "replaced in March");
        assertThat(check(excepted).run(violating, LAPTOP).isFailure()).isFalse();
        assertThat(check(excepted).run(clean, LAPTOP).message())
                .contains("stale exemption: shop.order.OrderService (replaced in March)");
        assertThat(check(excepted).run(clean, LAPTOP).isFailure()).isTrue();

        assertThatThrownBy(() -> Architecture.of("shop").contextPerPackage().except(RULE.id(), "order", " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wants all three");
        assertThatThrownBy(
                        () -> check(Architecture.of("shop").contextPerPackage().except("no_such_rule", "order", "x"))
                                .run(clean, LAPTOP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no_such_rule");
    }

    @Test
    void aStoreGrowsOnlyWhenAsked() {
        ArchitectureCheck check =
                check(Architecture.of("shop").contextPerPackage()).freezeIn(directory.resolve("frozen"));
        assertThat(check.run(violating, LAPTOP).isFailure()).isTrue();
        assertThat(directory.resolve("frozen")).doesNotExist();

        assertThat(check.run(violating, ACCEPTING).isFailure()).isFalse();
        assertThat(directory.resolve("frozen").resolve(RULE.id() + ".txt"))
                .hasContent("order: OrderController.place → OrderService.place");
        Report later = check.run(violating, CI);
        assertThat(later.isFailure()).isFalse();
        assertThat(later.result(RULE.id()).orElseThrow().frozen()).isEqualTo(1);
    }

    @Test
    void aStoreShrinksButNotOnCi() {
        ArchitectureCheck check =
                check(Architecture.of("shop").contextPerPackage()).freezeIn(directory);
        check.run(violating, ACCEPTING);
        Path file = directory.resolve(RULE.id() + ".txt");

        assertThat(check.run(clean, CI).isFailure()).isFalse();
        assertThat(file).exists();
        assertThat(check.run(clean, LAPTOP).isFailure()).isFalse();
        assertThat(file).doesNotExist();
        assertThat(check.run(violating, LAPTOP).isFailure()).isTrue();
    }

    @Test
    void ciRefusesToAccept() {
        assertThatThrownBy(() -> check(Architecture.of("shop").contextPerPackage())
                        .run(clean, new Surroundings(true, Set.of("frozen"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CI");
        assertThatThrownBy(() -> check(Architecture.of("shop").contextPerPackage())
                        .run(clean, new Surroundings(false, Set.of("everything"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("everything");
    }

    @Test
    void frozenViolationsOfNoRuleFail() throws IOException {
        Files.writeString(directory.resolve("an_old_rule.txt"), "order: somewhere");
        Report report = check(Architecture.of("shop").contextPerPackage())
                .freezeIn(directory)
                .run(clean, LAPTOP);
        assertThat(report.isFailure()).isTrue();
        assertThat(report.message()).contains("frozen violations of no rule: an_old_rule.txt");
    }

    @Test
    void frozenViolationsOfARuleOfOnesOwnBelongToIt() {
        Rule own = Rule.of(
                "nothing_is_well", Theme.EVENTS, Severity.ERROR, "never.", "none.", model -> List.of(OWN_VIOLATION));
        ArchitectureCheck check = check(Architecture.of("shop").contextPerPackage())
                .rules(RuleSet.of(own))
                .freezeIn(directory);
        assertThat(check.run(clean, ACCEPTING).message()).isEmpty();
        assertThat(directory.resolve("nothing_is_well.txt")).hasContent("order: always");
        assertThat(check.run(clean, CI).message()).isEmpty();
    }

    @Test
    void thatTheDeclarationFitsIsNeverFrozen() {
        ArchitectureCheck check =
                check(Architecture.of("shop").context("shipping")).freezeIn(directory);
        assertThat(check.run(clean, ACCEPTING).message()).contains("context shipping is empty");
        assertThat(directory.resolve("architecture_should_match_code.txt")).doesNotExist();
        assertThat(check.run(clean, CI).isFailure()).isTrue();
    }

    @Test
    void budgetsOnlyFall(@TempDir Path compiled) throws IOException {
        JavaClasses two = Fixture.read(
                        Path.of("src/test/fixtures/foreign_events_within_budget/violating.java"), Idiom.SPRING_KAFKA)
                .compile(compiled.resolve("two"));
        JavaClasses one = Fixture.read(
                        Path.of("src/test/fixtures/foreign_events_within_budget/clean.java"), Idiom.SPRING_KAFKA)
                .compile(compiled.resolve("one"));
        ArchitectureCheck check = ArchitectureCheck.of(
                        Architecture.of("shop").contextPerPackage().budget("payment", "order", 5))
                .rules(RuleSet.of(CouplingRules.FOREIGN_EVENTS_WITHIN_BUDGET))
                .freezeIn(directory);
        check.run(two, ACCEPTING);
        Path file = directory.resolve("coupling-budgets.txt");
        assertThat(file).hasContent("payment → order = 2");
        assertThat(check.run(one, CI).isFailure()).isFalse();
        assertThat(file).hasContent("payment → order = 2");
        assertThat(check.run(one, LAPTOP).isFailure()).isFalse();
        assertThat(file).hasContent("payment → order = 1");
        assertThat(check.run(two, LAPTOP).message()).contains("ratchet 1 (coupling-budgets.txt)");
    }

    @Test
    void acceptedContractsAreComparedFromThenOn(@TempDir Path compiled) {
        JavaClasses old = Fixture.read(
                        Path.of("src/test/fixtures/event_contracts_should_stay_compatible/clean.java"),
                        Idiom.SPRING_KAFKA)
                .compile(compiled.resolve("old"));
        JavaClasses changed = Fixture.read(
                        Path.of("src/test/fixtures/event_contracts_should_stay_compatible/violating.java"),
                        Idiom.SPRING_KAFKA)
                .compile(compiled.resolve("changed"));
        Path baseline = directory.resolve("contracts.txt");
        ArchitectureCheck check = ArchitectureCheck.of(
                        Architecture.of("shop").contextPerPackage().contractBaseline(baseline))
                .rules(RuleSet.of(ContractRules.EVENT_CONTRACTS_SHOULD_STAY_COMPATIBLE));
        assertThat(check.run(old, CI).message()).contains("no accepted contracts");
        assertThat(check.run(old, ACCEPTING).isFailure()).isFalse();
        assertThat(check.run(old, CI).isFailure()).isFalse();
        assertThat(check.run(changed, CI).message()).contains("event OrderPlaced");
        assertThat(check.run(changed, ACCEPTING).isFailure()).isFalse();
        assertThat(check.run(changed, CI).isFailure()).isFalse();
    }

    @Test
    void aRuleThatLacksItsBaselineSaysSo() {
        Report report = ArchitectureCheck.of(Architecture.of("shop").contextPerPackage())
                .rules(RuleSet.of(ContractRules.EVENT_CONTRACTS_SHOULD_STAY_COMPATIBLE))
                .run(clean, CI);
        assertThat(report.isFailure()).isFalse();
        assertThat(report.message())
                .isEqualTo("Hint: event_contracts_should_stay_compatible looked at nothing: no baseline is declared;"
                        + " see Architecture.contractBaseline(path).\n");
    }

    private static ArchitectureCheck check(Architecture architecture) {
        return ArchitectureCheck.of(architecture).rules(RuleSet.of(RULE));
    }

    /** Nobody has to hear it with each finding. */
    @Test
    void whatARuleLacksIsAHintAtTheEnd(@TempDir Path directory) {
        JavaClasses classes = Fixture.read(
                        Path.of("src/test/fixtures/writes_and_sends_should_use_outbox/violating-send-first.java"),
                        Idiom.SPRING_KAFKA)
                .compile(directory);
        String message = ArchitectureCheck.of(Architecture.of("shop"))
                .run(classes, new Surroundings(true, Set.of()))
                .message();
        assertThat(message.split("looked at nothing")).hasSize(2);
        assertThat(message.lines().filter(line -> !line.isBlank()))
                .last()
                .asString()
                .startsWith("Hint: event_contracts_should_stay_compatible looked at nothing: no baseline is declared");
    }
}
