package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import io.github.atleastonce.archrules.model.Architecture;
import io.github.atleastonce.archrules.rules.ContractRules;
import io.github.atleastonce.archrules.rules.EventRules;
import io.github.atleastonce.archrules.rules.OutboxRules;
import io.github.atleastonce.archrules.rules.RuleSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The ways to run the rules: one JUnit node each, and as rules of ArchUnit. */
class RunningTests {

    static final Path FILE = Path.of("src/test/fixtures/writes_and_sends_should_use_outbox/violating.java");

    @Test
    void eachRuleIsAJUnitNode() {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(HouseArchitectureTestCase.class))
                .execute()
                .testEvents();
        tests.assertStatistics(
                statistics -> statistics.started(3).succeeded(1).failed(1).aborted(1));
        assertThat(tests.started().list())
                .extracting(event -> event.getTestDescriptor().getDisplayName())
                .containsExactly(
                        "architecture_should_match_code",
                        "events_should_be_immutable",
                        "event_contracts_should_stay_compatible");
    }

    @Test
    void aRuleOfACheckIsAnArchRule(@TempDir Path directory) {
        JavaClasses classes = Fixture.read(FILE, Idiom.SPRING_KAFKA).compile(directory);
        ArchitectureCheck check = ArchitectureCheck.of(Architecture.of("shop").contextPerPackage());
        EvaluationResult broken =
                check.archRule(OutboxRules.WRITES_AND_SENDS_SHOULD_USE_OUTBOX).evaluate(classes);
        assertThat(broken.hasViolation()).isTrue();
        assertThat(broken.getFailureReport().toString()).contains("OrderController.place → OrderService.place");
        assertThat(check.archRule(EventRules.EVENTS_SHOULD_BE_IMMUTABLE)
                        .evaluate(classes)
                        .hasViolation())
                .isFalse();
        assertThat(check.archRule(EventRules.EVENTS_SHOULD_BE_NAMED_IN_PAST_TENSE)
                        .evaluate(classes)
                        .hasViolation())
                .isFalse();
    }

    @Test
    void anArchRuleNeedsNoDeclaration(@TempDir Path directory) {
        JavaClasses classes = Fixture.read(
                        Path.of(
                                "src/test/fixtures/contexts_should_use_only_published_contracts/violating-applications.java"),
                        Idiom.SPRING_KAFKA)
                .compile(directory);
        ArchitectureCheck check = ArchitectureCheck.of(Architecture.discovered());
        assertThat(check.archRule(ContractRules.CONTEXTS_SHOULD_USE_ONLY_PUBLISHED_CONTRACTS)
                        .evaluate(classes)
                        .getFailureReport()
                        .toString())
                .contains("payment → order");
        assertThat(check.archRule(EventRules.EVENTS_SHOULD_BE_IMMUTABLE)
                        .evaluate(classes)
                        .hasViolation())
                .isFalse();
    }

    /** However its rules are asked, and whether they are part of the check or cost a run of their own. */
    @Test
    void whatWasUnderstoodIsPrintedOnceForAnImport(@TempDir Path directory) throws IOException {
        Fixture fixture = Fixture.read(FILE, Idiom.SPRING_KAFKA);
        JavaClasses classes = fixture.compile(Files.createDirectory(directory.resolve("one")));
        JavaClasses others = fixture.compile(Files.createDirectory(directory.resolve("other")));
        ArchitectureCheck check = ArchitectureCheck.of(Architecture.discovered());
        ArchRule part = check.archRule(OutboxRules.WRITES_AND_SENDS_SHOULD_USE_OUTBOX);
        ArchRule otherPart = check.archRule(EventRules.EVENTS_SHOULD_BE_IMMUTABLE);
        ArchRule ofItsOwn = check.archRule(EventRules.EVENTS_SHOULD_BE_NAMED_IN_PAST_TENSE);

        String printed = printedBy(() -> {
            part.evaluate(classes);
            otherPart.evaluate(classes);
            ofItsOwn.evaluate(classes);
            check.run(classes);
        });
        assertThat(printed)
                .isEqualTo(check.run(classes, new Surroundings(true, Set.of())).coverage());
        assertThat(printed.lines())
                .filteredOn(line -> line.startsWith("Architecture of events: "))
                .hasSize(1);
        assertThat(printedBy(() -> part.evaluate(others)))
                .as("another import is told of as well")
                .startsWith("Architecture of events: ");
    }

    /** To ArchUnit imports of classes of the same names are equal. */
    @Test
    void anImportIsNotTakenForAnotherOfTheSameNames(@TempDir Path directory) throws IOException {
        Fixture broken = Fixture.read(FILE, Idiom.SPRING_KAFKA);
        Fixture fixed = new Fixture(FILE, broken.text().replaceAll("%send\\{.*?};", ""), Idiom.SPRING_KAFKA);
        ArchRule rule = ArchitectureCheck.of(Architecture.of("shop").contextPerPackage())
                .archRule(OutboxRules.WRITES_AND_SENDS_SHOULD_USE_OUTBOX);
        JavaClasses first = broken.compile(Files.createDirectory(directory.resolve("broken")));
        JavaClasses second = fixed.compile(Files.createDirectory(directory.resolve("fixed")));
        assertThat(first).as("it is as the comment says").isEqualTo(second);
        assertThat(rule.evaluate(first).hasViolation()).isTrue();
        assertThat(rule.evaluate(second).hasViolation()).isFalse();
        assertThat(rule.evaluate(first).hasViolation()).isTrue();
    }

    private static String printedBy(Runnable work) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** Looks at a package without classes, so that the first rule fails. */
    static class HouseArchitectureTestCase implements ArchitectureTest {
        @Override
        public ArchitectureCheck check() {
            return ArchitectureCheck.of(Architecture.of("io.github.atleastonce.nothing.here"))
                    .rules(RuleSet.of(
                            EventRules.EVENTS_SHOULD_BE_IMMUTABLE,
                            ContractRules.EVENT_CONTRACTS_SHOULD_STAY_COMPATIBLE));
        }
    }
}
