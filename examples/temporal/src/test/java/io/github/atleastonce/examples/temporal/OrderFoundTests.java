package io.github.atleastonce.examples.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same body finds each service that takes care of less. */
class OrderFoundTests {

    @RegisterExtension
    static final OrderProcess PROCESS = new OrderProcess();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RESERVES_WITHOUT_A_KEY   | CRASH           | 1:crash(orders<requests[k1]/commit)                      | [40, 100]
            NEW_KEY_FOR_EACH_ATTEMPT | RESPONSE_LOST   | 1:response_lost(orders<requests[k1]/bank POST /charges)  | bank did the same twice for o-1
            WORKFLOW_ID_USED_AGAIN   | REDELIVERY      | 1:redelivery(orders<requests[k1]) | bank did the same twice
            WORKFLOW_READS_MEMORY    | CONNECTION_LOST | 1:connection_lost(orders<requests[k1]/insert reservation) | TMPRL1100
            COMPENSATES_BESIDE_A_STEP | DELAY | 1:delay(orders<requests[k2]/Reserve) | its step 'credit' stays done
            """)
    void isFound(Care care, Fault fault, String token, String message) {
        find(care, fault, token, message);
    }

    /** There are many places to die before. */
    @Tag("long")
    @Test
    void compensationThatIsNotIdempotentIsFound() {
        find(Care.COMPENSATION_NOT_IDEMPOTENT, Fault.CRASH, "1:crash(orders<requests[k2]/commit)~2", "[70, 130]");
    }

    /** A worker that dies leaves the whole task of the workflow to the next one, which is not shown here. */
    @Test
    void localActivitiesAreRefused() {
        assertThat(explore(Care.LOCAL, Fault.DELAY))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .hasMessageContaining("'Charge' is a local activity")
                                .hasMessageContaining("and is not followed"));
    }

    private static Outcome explore(Care care, Fault fault) {
        return ScenarioRunner.of(fault)
                .within(Bounds.DEFAULT.withMaxFaults(1))
                .explore(scenario -> PROCESS.body(scenario, care));
    }

    private static void find(Care care, Fault fault, String token, String message) {
        assertThat(explore(care, fault)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.token()).as(failed.cause().toString()).hasToString(token);
            assertThat(failed.cause()).hasMessageContaining(message);
        });
    }
}
