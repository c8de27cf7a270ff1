package io.github.atleastonce.examples.bugcorpus.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Finds each of the bugs that take a listener of Spring's within one fault, and passes its twin. */
class ListenerCorpusTests {

    @TempDir
    Path kept;

    /** A bug of the catalogue, by its number there. */
    record Listed(String id, Class<?> faulty, Class<?> fixed, String token) {

        @Override
        public String toString() {
            return id;
        }
    }

    static final List<Listed> BUGS = List.of(
            new Listed("T8", CollectedAndForgottenTestCase.class, StoredOneByOneTestCase.class, "1:poison("),
            new Listed(
                    "T9",
                    AcknowledgedFirstTestCase.class,
                    AcknowledgedLastTestCase.class,
                    "1:crash(shop<orders[k1]/commit offset"),
            new Listed(
                    "T10",
                    StoredElsewhereTestCase.class,
                    StoredElsewhereOnceTestCase.class,
                    "1:crash(shop<orders[k1].async/insert stored"),
            new Listed("C19", TriedForEverTestCase.class, TriedThreeTimesTestCase.class, "1:poison("),
            new Listed(
                    "C20", TakenBackTestCase.class, CommittedBeforeTestCase.class, "1:commit_failed(shop<orders[k1]"));

    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    abstract static class OrderedTestCase {

        @Autowired
        Shop shop;

        @BeforeEach
        void clear() {
            shop.clear();
        }

        void order(Scenario scenario) {
            scenario.channel("orders").send("o-1", "10");
            scenario.channel("orders").send("o-2", "20");
            scenario.settle();
            assertThat(shop.stored()).containsExactly(10, 20);
        }
    }

    abstract static class PoisonTestCase extends OrderedTestCase {

        @FaultTest(faults = Fault.POISON, maxFaults = 1)
        void storesEachOrder(Scenario scenario) {
            order(scenario);
        }
    }

    abstract static class CrashTestCase extends OrderedTestCase {

        @FaultTest(faults = Fault.CRASH, maxFaults = 1)
        void storesEachOrder(Scenario scenario) {
            order(scenario);
        }
    }

    abstract static class CommitFailedTestCase extends OrderedTestCase {

        @FaultTest(faults = Fault.COMMIT_FAILED, maxFaults = 1)
        void storesEachOrder(Scenario scenario) {
            order(scenario);
        }
    }

    @SpringJUnitConfig({Shop.Beans.class, Listeners.CollectedAndForgotten.class})
    static class CollectedAndForgottenTestCase extends PoisonTestCase {}

    @SpringJUnitConfig({Shop.Beans.class, Listeners.StoredOneByOne.class})
    static class StoredOneByOneTestCase extends PoisonTestCase {}

    @SpringJUnitConfig({Shop.Beans.class, Listeners.AcknowledgedFirst.class})
    static class AcknowledgedFirstTestCase extends CrashTestCase {}

    @SpringJUnitConfig({Shop.Beans.class, Listeners.AcknowledgedLast.class})
    static class AcknowledgedLastTestCase extends CrashTestCase {}

    @SpringJUnitConfig({Shop.Beans.class, Listeners.StoredElsewhere.class})
    static class StoredElsewhereTestCase extends CrashTestCase {}

    @SpringJUnitConfig({Shop.Beans.class, Listeners.StoredElsewhereOnce.class})
    static class StoredElsewhereOnceTestCase extends CrashTestCase {}

    @SpringJUnitConfig({Shop.Beans.class, Listeners.TriedForEver.class})
    static class TriedForEverTestCase extends PoisonTestCase {}

    @SpringJUnitConfig({Shop.Beans.class, Listeners.TriedThreeTimes.class})
    static class TriedThreeTimesTestCase extends PoisonTestCase {}

    @SpringJUnitConfig({Shop.Beans.class, Listeners.TakenBack.class})
    static class TakenBackTestCase extends CommitFailedTestCase {}

    @SpringJUnitConfig({Shop.Beans.class, Listeners.CommittedBefore.class})
    static class CommittedBeforeTestCase extends CommitFailedTestCase {}

    @ParameterizedTest
    @FieldSource("BUGS")
    void isFound(Listed bug) {
        assertThat(outcomes(bug.faulty())).singleElement().asString().contains("Fails under 1 fault.", bug.token());
    }

    @ParameterizedTest
    @FieldSource("BUGS")
    void itsTwinPasses(Listed bug) {
        assertThat(outcomes(bug.fixed()))
                .singleElement()
                .asString()
                .startsWith("Holds under every schedule with ≤ 1 fault");
    }

    private Stream<String> told(Class<?> fixture) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("atleastonce.directory", kept.toString())
                .selectors(selectClass(fixture))
                .execute()
                .allEvents()
                .reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class)
                        .getKeyValuePairs()
                        .get("atleastonce"));
    }

    private List<String> outcomes(Class<?> fixture) {
        return told(fixture).toList();
    }
}
