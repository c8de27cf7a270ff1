package io.github.atleastonce.vacuous;

import static io.github.atleastonce.vacuous.Way.Room.IN_MEMORY;
import static io.github.atleastonce.vacuous.Way.way;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.evolution.EventArchive;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Tests of events that change, which meet no old one. */
class EvolutionTestCase {

    private static final String EVENTS = "src/test/resources/events/";
    private static final String PLACED =
            "{\"orderId\":\"o-1\",\"customerId\":\"c-1\",\"amount\":30,\"currency\":\"EUR\"}";
    private static final String CANCELLED = "{\"orderId\":\"o-1\"}";

    static Stream<Way> ways() {
        return Stream.of(
                of("E1", "OLD_SCHEMA is named, and nobody says which releases send where", "noArchive")
                        .fails("OLD_SCHEMA")
                        .today(),
                of("E2", "OLD_SCHEMA is named, and the event has one version", "oneVersion")
                        .fails("OLD_SCHEMA")
                        .today(),
                of("E3", "Older releases send, and OLD_SCHEMA is not among the faults", "notNamed")
                        .says("older versions of OrderCancelled not tried")
                        .today(),
                of("E4", "What is sent is none of the archived events", "anotherEvent")
                        .fails("OLD_SCHEMA")
                        .today());
    }

    private static Way.Draft of(String id, String does, String method) {
        return way(id, IN_MEMORY, does, EvolutionTestCase.class, method);
    }

    private static void send(Scenario scenario, String event) {
        List<String> got = new ArrayList<>();
        scenario.consumer("books", "orders", String.class, got::add);
        scenario.channel("orders").send("o-1", event);
        scenario.settle();
        assertThat(got).isNotEmpty();
    }

    @FaultTest(faults = Fault.OLD_SCHEMA, maxFaults = 1)
    void noArchive(Scenario scenario) {
        send(scenario, PLACED);
    }

    @FaultTest(faults = Fault.OLD_SCHEMA, maxFaults = 1)
    void oneVersion(Scenario scenario) {
        EventArchive.at(EVENTS + "OrderCancelled").olderReleasesSendTo(scenario, "orders");
        send(scenario, CANCELLED);
    }

    @FaultTest(faults = Fault.REDELIVERY, maxFaults = 1)
    void notNamed(Scenario scenario) {
        EventArchive.at(EVENTS + "OrderCancelled").olderReleasesSendTo(scenario, "orders");
        send(scenario, CANCELLED);
    }

    @FaultTest(faults = Fault.OLD_SCHEMA, maxFaults = 1)
    void anotherEvent(Scenario scenario) {
        EventArchive.at(EVENTS + "OrderPlaced")
                .writtenInVersion(1, (String event) -> event.getBytes(StandardCharsets.UTF_8))
                .olderReleasesSendTo(scenario, "orders");
        send(scenario, CANCELLED);
    }
}
