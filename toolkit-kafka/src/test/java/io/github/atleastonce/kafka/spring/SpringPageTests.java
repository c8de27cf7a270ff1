package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.kafka.spring.StyleService.Mistake;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/**
 * Keeps the table of {@code docs/spring.md} true: for each style of listeners and each fault a mistake that is found, and the service without it,
 * which passes. With {@code -Dspring.write=true} the table is written instead of compared.
 */
@Tag("long")
class SpringPageTests {

    private static final Path PAGE = Path.of("..", "docs", "spring.md");
    private static final String BEGIN = "<!-- table -->\n";
    private static final String END = "<!-- end of table -->\n";

    private static final List<Fault> FAULTS = List.of(
            Fault.DUPLICATE,
            Fault.REDELIVERY,
            Fault.REORDER,
            Fault.CRASH,
            Fault.REBALANCE,
            Fault.COMMIT_FAILED,
            Fault.SEND_FAILED,
            Fault.SEND_UNCERTAIN,
            Fault.BROKER_UNAVAILABLE,
            Fault.POISON);

    @TempDir
    Path kept;

    /** One test for each fault. */
    static class Faults {

        private final boolean planted;

        @Autowired
        StyleService service;

        Faults(boolean planted) {
            this.planted = planted;
        }

        @FaultTest(faults = Fault.DUPLICATE)
        void duplicate(Scenario scenario) {
            reserves(scenario, Mistake.FORGETS);
        }

        @FaultTest(faults = Fault.REDELIVERY)
        void redelivery(Scenario scenario) {
            reserves(scenario, Mistake.FORGETS);
        }

        @FaultTest(faults = Fault.CRASH)
        void crash(Scenario scenario) {
            reserves(scenario, Mistake.FORGETS);
        }

        @FaultTest(faults = Fault.REBALANCE)
        void rebalance(Scenario scenario) {
            reserves(scenario, Mistake.FORGETS);
        }

        @FaultTest(faults = Fault.COMMIT_FAILED, bounds = "settleTimeout=5s")
        void commit_failed(Scenario scenario) {
            reserves(scenario, whenACommitFails());
        }

        @FaultTest(faults = Fault.POISON, bounds = "settleTimeout=5s")
        void poison(Scenario scenario) {
            reserves(scenario, Mistake.GETS_NO_FURTHER);
        }

        @FaultTest(faults = Fault.REORDER)
        void reorder(Scenario scenario) {
            plant(Mistake.NEEDS_ORDER);
            scenario.channel("accounts").send("a-1", "carol:-100");
            scenario.channel("orders").send("o-1", "carol:30");
            scenario.settle();
            assertThat(service.credit("carol")).isEqualTo(70);
        }

        @FaultTest(faults = Fault.SEND_FAILED)
        void send_failed(Scenario scenario) {
            mails(scenario, Mistake.DOES_NOT_LOOK);
        }

        @FaultTest(faults = Fault.SEND_UNCERTAIN)
        void send_uncertain(Scenario scenario) {
            mails(scenario, Mistake.MAILS_AGAIN);
        }

        @FaultTest(faults = Fault.BROKER_UNAVAILABLE)
        void broker_unavailable(Scenario scenario) {
            mails(scenario, Mistake.MAILS_AGAIN);
        }

        Mistake whenACommitFails() {
            return Mistake.TAKES_BACK;
        }

        private void reserves(Scenario scenario, Mistake mistake) {
            plant(mistake);
            order(scenario);
            assertThat(service.credit("alice")).isEqualTo(50);
        }

        private void mails(Scenario scenario, Mistake mistake) {
            plant(mistake);
            order(scenario);
            assertThat(service.mails()).containsExactly("o-1", "o-2");
        }

        private static void order(Scenario scenario) {
            scenario.channel("orders").send("o-1", "alice:30");
            scenario.channel("orders").send("o-2", "alice:20");
            scenario.settle();
        }

        private void plant(Mistake mistake) {
            service.plant(planted ? mistake : Mistake.NONE);
        }
    }

    @KafkaBroker(topics = {@Topic(name = "accounts"), @Topic(name = "orders"), @Topic(name = "mails")})
    static class Planted extends Faults {

        Planted() {
            super(true);
        }
    }

    @KafkaBroker(topics = {@Topic(name = "accounts"), @Topic(name = "orders"), @Topic(name = "mails")})
    static class Right extends Faults {

        Right() {
            super(false);
        }
    }

    @SpringJUnitConfig({StyleService.Beans.class, StyleService.RecordMode.class})
    static class PlantedInRecordModeTestCase extends Planted {

        @Override
        Mistake whenACommitFails() {
            return Mistake.STOPS;
        }
    }

    @SpringJUnitConfig({StyleService.Beans.class, StyleService.RecordMode.class})
    static class RightInRecordModeTestCase extends Right {}

    @SpringJUnitConfig({StyleService.Beans.class, StyleService.BatchMode.class})
    static class PlantedInBatchModeTestCase extends Planted {}

    @SpringJUnitConfig({StyleService.Beans.class, StyleService.BatchMode.class})
    static class RightInBatchModeTestCase extends Right {}

    @SpringJUnitConfig({StyleService.Beans.class, StyleService.CountMode.class})
    static class PlantedInCountModeTestCase extends Planted {}

    @SpringJUnitConfig({StyleService.Beans.class, StyleService.CountMode.class})
    static class RightInCountModeTestCase extends Right {}

    @SpringJUnitConfig({StyleService.Beans.class, StyleService.TimeMode.class})
    static class PlantedInTimeModeTestCase extends Planted {}

    @SpringJUnitConfig({StyleService.Beans.class, StyleService.TimeMode.class})
    static class RightInTimeModeTestCase extends Right {}

    @SpringJUnitConfig({StyleService.Beans.class, StyleService.ManualBatches.class})
    static class PlantedInManualBatchesTestCase extends Planted {}

    @SpringJUnitConfig({StyleService.Beans.class, StyleService.ManualBatches.class})
    static class RightInManualBatchesTestCase extends Right {}

    @SpringJUnitConfig({StyleService.Beans.class, StyleService.ManualMode.class})
    static class PlantedInManualModeTestCase extends Planted {}

    @SpringJUnitConfig({StyleService.Beans.class, StyleService.ManualMode.class})
    static class RightInManualModeTestCase extends Right {}

    @SpringJUnitConfig({StyleService.Beans.class, StyleService.ImmediateMode.class})
    static class PlantedInImmediateModeTestCase extends Planted {}

    @SpringJUnitConfig({StyleService.Beans.class, StyleService.ImmediateMode.class})
    static class RightInImmediateModeTestCase extends Right {}

    @SpringJUnitConfig({StyleService.Beans.class, StyleService.Batches.class})
    static class PlantedInBatchesTestCase extends Planted {}

    @SpringJUnitConfig({StyleService.Beans.class, StyleService.Batches.class})
    static class RightInBatchesTestCase extends Right {}

    @SpringJUnitConfig({StyleService.Beans.class, StyleService.Promised.class})
    static class PlantedInFuturesTestCase extends Planted {}

    @SpringJUnitConfig({StyleService.Beans.class, StyleService.Promised.class})
    static class RightInFuturesTestCase extends Right {}

    private record Style(String name, Class<?> planted, Class<?> right, Set<Fault> untried) {

        Style(String name, Class<?> planted, Class<?> right) {
            this(name, planted, right, Set.of());
        }
    }

    private static final List<Style> STYLES = List.of(
            new Style("record, `AckMode.RECORD`", PlantedInRecordModeTestCase.class, RightInRecordModeTestCase.class),
            new Style("record, `AckMode.BATCH`", PlantedInBatchModeTestCase.class, RightInBatchModeTestCase.class),
            new Style("record, `AckMode.COUNT`", PlantedInCountModeTestCase.class, RightInCountModeTestCase.class),
            new Style("record, `AckMode.TIME`", PlantedInTimeModeTestCase.class, RightInTimeModeTestCase.class),
            new Style("record, `AckMode.MANUAL`", PlantedInManualModeTestCase.class, RightInManualModeTestCase.class),
            new Style(
                    "record, `AckMode.MANUAL_IMMEDIATE`",
                    PlantedInImmediateModeTestCase.class,
                    RightInImmediateModeTestCase.class),
            new Style("batch, `AckMode.BATCH`", PlantedInBatchesTestCase.class, RightInBatchesTestCase.class),
            new Style(
                    "batch, `AckMode.MANUAL_IMMEDIATE`",
                    PlantedInManualBatchesTestCase.class,
                    RightInManualBatchesTestCase.class),
            new Style(
                    "record, returns a `CompletableFuture`",
                    PlantedInFuturesTestCase.class,
                    RightInFuturesTestCase.class,
                    Set.of(Fault.REDELIVERY)));

    @Test
    void theTableSaysWhatIsFound() throws IOException {
        StringBuilder table = new StringBuilder("| listener |");
        FAULTS.forEach(fault -> table.append(" `").append(fault).append("` |"));
        table.append("\n|---|").append("---|".repeat(FAULTS.size())).append('\n');
        Map<String, String> told = runAll();
        for (Style style : STYLES) {
            table.append("| ").append(style.name()).append(" |");
            for (Fault fault : FAULTS) {
                if (style.untried().contains(fault)) {
                    table.append(" – |");
                    continue;
                }
                assertThat(of(told, style.right(), fault))
                        .as("%s, %s", style.name(), fault)
                        .startsWith("Holds under every schedule with ≤ 1 fault");
                table.append(found(of(told, style.planted(), fault))).append(" passes |");
            }
            table.append('\n');
        }
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        String written = page.substring(0, begin) + table + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("spring.write")) {
            Files.writeString(PAGE, written);
            return;
        }
        assertThat(written)
                .as("the table of %s; -Dspring.write=true accepts it", PAGE)
                .isEqualTo(page);
    }

    private static String found(String outcome) {
        return outcome.startsWith("Fails under 1 fault.")
                ? " found,"
                : outcome.startsWith("Holds") ? "" : " " + outcome;
    }

    /** What was told of each test, all of which share a broker; by class and method. */
    private Map<String, String> runAll() {
        Map<String, String> told = new HashMap<>();
        EngineTestKit.engine("junit-jupiter")
                .configurationParameter("atleastonce.directory", kept.toString())
                .selectors(STYLES.stream()
                        .flatMap(style -> Stream.of(selectClass(style.planted()), selectClass(style.right())))
                        .toArray(DiscoverySelector[]::new))
                .execute()
                .allEvents()
                .reportingEntryPublished()
                .stream()
                .forEach(event -> told.put(
                        event.getTestDescriptor()
                                .getUniqueId()
                                .toString()
                                .replaceAll(".*class:([\\w.$]+).*template:(\\w+).*", "$1 $2"),
                        event.getRequiredPayload(ReportEntry.class)
                                .getKeyValuePairs()
                                .getOrDefault("atleastonce", "")));
        return told;
    }

    private static String of(Map<String, String> told, Class<?> fixture, Fault fault) {
        return told.getOrDefault(
                fixture.getName() + " " + fault.name().toLowerCase(Locale.ROOT), "Nothing was told of it.");
    }
}
