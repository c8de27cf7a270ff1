package io.github.atleastonce.examples.tripbooking;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.RESPONSE_ERROR;
import static io.github.atleastonce.schedule.Fault.RESPONSE_LOST;

import io.github.atleastonce.examples.tripbooking.TripManager.Care;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A trip is booked as a whole or not at all, whatever happens to the manager or to what it asks for. */
class TripTests {

    @RegisterExtension
    static final TripProcess PROCESS = new TripProcess();

    @FaultTest(
            faults = {DUPLICATE, REDELIVERY, DELAY, CRASH, RESPONSE_LOST, RESPONSE_ERROR},
            maxFaults = 1)
    void bookedAsAWholeOrNotAtAll(Scenario scenario) {
        PROCESS.body(scenario, Care.FULL);
    }

    /** Two bookings without an answer are given up, of which each may have been made. */
    @Tag("long")
    @FaultTest(faults = RESPONSE_LOST, maxFaults = 2)
    void bookingsWithoutAnAnswerAreCancelled(Scenario scenario) {
        PROCESS.body(scenario, Care.FULL);
    }
}
