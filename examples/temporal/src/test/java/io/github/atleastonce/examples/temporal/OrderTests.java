package io.github.atleastonce.examples.temporal;

import static io.github.atleastonce.schedule.Fault.CONNECTION_LOST;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.RESPONSE_ERROR;
import static io.github.atleastonce.schedule.Fault.RESPONSE_LOST;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An order is placed as a whole or not at all, and its workflow can be replayed, whatever happens to the worker or to what its activities ask for. */
class OrderTests {

    @RegisterExtension
    static final OrderProcess PROCESS = new OrderProcess();

    @FaultTest(
            faults = {REDELIVERY, RESPONSE_LOST},
            maxFaults = 1)
    void placedOnce(Scenario scenario) throws Exception {
        PROCESS.body(scenario, Care.FULL);
    }

    /** Two activities at the same time. */
    @FaultTest(
            faults = {DELAY, CONNECTION_LOST, RESPONSE_LOST},
            maxFaults = 1)
    void placedAtOnce(Scenario scenario) throws Exception {
        PROCESS.body(scenario, Care.AT_ONCE);
    }

    @Tag("long")
    @FaultTest(
            faults = {DUPLICATE, REDELIVERY, DELAY, CRASH, CONNECTION_LOST, RESPONSE_LOST, RESPONSE_ERROR},
            maxFaults = 1)
    void placedAtOnceOrNotAtAll(Scenario scenario) throws Exception {
        PROCESS.body(scenario, Care.AT_ONCE);
    }

    @Tag("long")
    @FaultTest(
            faults = {DUPLICATE, REDELIVERY, CRASH, CONNECTION_LOST, RESPONSE_LOST, RESPONSE_ERROR},
            maxFaults = 1)
    void placedAsAWholeOrNotAtAll(Scenario scenario) throws Exception {
        PROCESS.body(scenario, Care.FULL);
    }
}
