package io.github.atleastonce.examples.credit;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.SEND_FAILED;
import static io.github.atleastonce.schedule.Fault.SEND_UNCERTAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** The same tests find what is wrong in the service without its precautions, on every run of this build. */
class FoundTests {

    @TempDir
    Path kept;

    @TestPropertySource(
            properties = {
                "credit.remember-orders=false",
                "credit.one-transaction=false",
                "credit.wait-for-acknowledgement=false"
            })
    @DirtiesContext
    static class CarelessTestCase extends CreditTests {

        @Override
        @FaultTest(faults = CRASH)
        void reservesCreditOnce(Scenario scenario) {
            super.reservesCreditOnce(scenario);
        }

        @Override
        @FaultTest(faults = {SEND_FAILED, SEND_UNCERTAIN})
        void everyOrderIsPublished(Scenario scenario) {
            super.everyOrderIsPublished(scenario);
        }
    }

    @Test
    void aCarelessServiceIsFoundOut() {
        assertThat(Stories.of(CarelessTestCase.class, kept))
                .hasSize(3)
                .anySatisfy(story -> assertThat(story)
                        .contains("✗ CRASH after commit, before acknowledgement")
                        .contains("1:crash(customers<orders[k1]/commit)"))
                .anySatisfy(story -> assertThat(story).contains("1:crash(credit#1/insert placed_order)"))
                .anySatisfy(story -> assertThat(story).contains("1:send_failed(credit#2/send placed-orders)"));
    }
}
