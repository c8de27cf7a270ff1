package io.github.atleastonce.archrules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.EvaluationResult;
import io.github.atleastonce.archrules.model.Architecture;
import io.github.atleastonce.archrules.rules.ContractRules;
import io.github.atleastonce.archrules.rules.EventRules;
import io.github.atleastonce.archrules.rules.OutboxRules;
import io.github.atleastonce.archrules.rules.RuleSet;
import java.nio.file.Path;
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
        assertThat(ArchRules.of(ContractRules.CONTEXTS_SHOULD_USE_ONLY_PUBLISHED_CONTRACTS)
                        .evaluate(classes)
                        .getFailureReport()
                        .toString())
                .contains("payment → order");
        assertThat(ArchRules.of(EventRules.EVENTS_SHOULD_BE_IMMUTABLE)
                        .evaluate(classes)
                        .hasViolation())
                .isFalse();
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
