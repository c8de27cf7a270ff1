package io.github.atleastonce.examples.customersandorders;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.journey.Journeys;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import org.junit.jupiter.api.Tag;

/** The whole process in memory, under every schedule with up to two faults. */
class InMemoryTests {

    private static final Databases DATABASES = Databases.h2();

    @Tag("long")
    @FaultTest(
            faults = {DUPLICATE, REDELIVERY, DELAY, CRASH},
            maxFaults = 2)
    void eachOrderEndsOnce(Scenario scenario) {
        OrderProcess.body(scenario, LocalShop.on(DATABASES));
    }

    /** All that happens under two faults happens under one, too. */
    @FaultTest(
            faults = {DUPLICATE, REDELIVERY, DELAY, CRASH},
            maxFaults = 1)
    void messagesTakeTheWayThatIsDrawn(Scenario scenario) {
        OrderProcess.body(scenario, LocalShop.on(DATABASES));
        assertThat(Journeys.of(scenario)).areAsIn("src/test/journeys/customers-and-orders.mmd");
    }
}
