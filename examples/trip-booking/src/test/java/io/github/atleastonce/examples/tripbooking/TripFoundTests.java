package io.github.atleastonce.examples.tripbooking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.tripbooking.TripManager.Care;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same body finds each manager that takes care of less. */
class TripFoundTests {

    @RegisterExtension
    static final TripProcess PROCESS = new TripProcess();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            COMPENSATION_MISSING       | CRASH         | 1:                                                        | Saga 't-2' has ended in TripFailed, and yet its step 'hotel' stays done
            TIME_OUT_TAKEN_FOR_FAILURE | RESPONSE_LOST | 1:response_lost(trips.manager/hotel POST /bookings)       | Saga 't-1' has ended in TripFailed, and yet its step 'hotel' stays done
            NEW_KEY_FOR_EACH_ATTEMPT   | RESPONSE_LOST | 1:response_lost(trips.manager/hotel POST /bookings)       | hotel did the same twice for t-1
            MARKED_BEFORE_ANNOUNCED    | CRASH         | 1:crash(trips.relay/update trip)                          | Saga 't-1' came to rest without an ending
            """)
    void isFound(Care care, Fault fault, String token, String message) {
        Outcome outcome = ScenarioRunner.of(fault)
                .within(Bounds.DEFAULT.withMaxFaults(1))
                .explore(scenario -> PROCESS.body(scenario, care));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.token()).hasToString(token);
            assertThat(failed.cause()).hasMessageContaining(message);
        });
    }
}
