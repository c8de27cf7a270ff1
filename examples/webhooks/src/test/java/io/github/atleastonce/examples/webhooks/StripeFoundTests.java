package io.github.atleastonce.examples.webhooks;

import static io.github.atleastonce.schedule.Fault.FORGED;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.REORDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** The same tests find what is wrong in the receiver without one of its precautions. */
class StripeFoundTests {

    @TempDir
    Path kept;

    /** Reaches the receiver in one way, which is enough. */
    @DirtiesContext
    abstract static class OneWayTestCase extends StripeTests {

        @Override
        @Disabled("the other way is enough")
        void byMockMvc(Scenario scenario) {}
    }

    @TestPropertySource(properties = "stripe.verify=false")
    static class BelievingTestCase extends OneWayTestCase {

        @Override
        @FaultTest(faults = FORGED)
        void byServer(Scenario scenario) {
            super.byServer(scenario);
        }
    }

    @TestPropertySource(properties = "stripe.remember-events=false")
    static class ForgetfulTestCase extends OneWayTestCase {

        @Override
        @FaultTest(faults = REDELIVERY)
        void byServer(Scenario scenario) {
            super.byServer(scenario);
        }
    }

    @TestPropertySource(properties = "stripe.compare-times=false")
    static class CredulousTestCase extends OneWayTestCase {

        @Override
        @FaultTest(faults = REORDER)
        void byServer(Scenario scenario) {
            super.byServer(scenario);
        }
    }

    @ParameterizedTest
    @CsvSource({"Believing,1:forged(", "Forgetful,1:redelivery(", "Credulous,1:reorder("})
    void isFoundOut(String receiver, String token) throws ClassNotFoundException {
        Class<?> fixture = Class.forName(StripeFoundTests.class.getName() + "$" + receiver + "TestCase");

        assertThat(Told.by(fixture, kept)).singleElement().asString().contains("Fails under 1 fault.", token);
    }
}
