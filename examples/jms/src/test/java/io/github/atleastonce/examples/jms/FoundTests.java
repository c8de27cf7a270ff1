package io.github.atleastonce.examples.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** The same test finds what is wrong in a listener that forgets, and in one property. */
class FoundTests {

    @TempDir
    Path kept;

    @TestPropertySource(properties = "credit.remember-orders=false")
    @DirtiesContext
    static class ForgetfulTestCase extends CreditTests {}

    /** Spring's container then acknowledges a message before the listener gets it. */
    @TestPropertySource(properties = "spring.jms.listener.session.transacted=false")
    @DirtiesContext
    static class AcknowledgingTestCase extends CreditTests {}

    @Test
    void aListenerThatForgetsIsFoundOut() {
        assertThat(storyOf(ForgetfulTestCase.class))
                .contains("DUPLICATE: ")
                .contains("expected: 70")
                .contains("but was: 40");
    }

    @Test
    void aMessageThatIsAcknowledgedBeforeTheListenerIsFoundOut() {
        assertThat(storyOf(AcknowledgingTestCase.class))
                .contains("✗ CRASH after acknowledge\n")
                .contains("1:crash(credit<orders[k1]/acknowledge)")
                .contains("expected: 70")
                .contains("but was: 100");
    }

    private String storyOf(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("atleastonce.directory", kept.toString())
                .selectors(selectMethod(tests, method(tests)))
                .execute()
                .allEvents()
                .reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class)
                        .getKeyValuePairs()
                        .get("atleastonce"))
                .findFirst()
                .orElseThrow();
    }

    private static java.lang.reflect.Method method(Class<?> tests) {
        try {
            return CreditTests.class.getDeclaredMethod("reservesCreditOnce", Scenario.class);
        } catch (NoSuchMethodException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
