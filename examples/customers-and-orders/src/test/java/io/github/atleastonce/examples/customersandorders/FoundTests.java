package io.github.atleastonce.examples.customersandorders;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The same body finds what is wrong, wherever the services run. */
class FoundTests {

    /** The first order is cancelled anyhow; the second one is missed. */
    private static final String LOST = "1:crash(orders.%s/delete outbox)~2";

    @TempDir
    Path kept;

    static class InMemoryTestCase {

        private static final Databases DATABASES = Databases.h2();

        @FaultTest(
                faults = {DUPLICATE, CRASH},
                maxFaults = 1)
        void customersForget(Scenario scenario) {
            OrderProcess.body(scenario, new LocalShop(DATABASES, Customers.Memory.FORGETS_RELEASED, Relay.SENDS_FIRST));
        }

        @FaultTest(faults = CRASH, maxFaults = 1)
        void ordersDeleteFirst(Scenario scenario) {
            OrderProcess.body(scenario, new LocalShop(DATABASES, Customers.Memory.KEEPS_RELEASED, Relay.DELETES_FIRST));
        }
    }

    static class OnProcessesTestCase extends OnProcessesTests {

        @Override
        Relay relay() {
            return Relay.DELETES_FIRST;
        }

        @FaultTest(faults = CRASH, maxFaults = 1, timeout = "60m", bounds = "settleTimeout=60s")
        void eachOrderEndsOnceWheneverAProcessDies(Scenario scenario) {
            eachOrderEndsOnce(scenario);
        }
    }

    /** An order that comes once more is reserved, though it was cancelled. */
    @Test
    void customersWhoForgetAreFoundOut() {
        assertThat(story(InMemoryTestCase.class, "customersForget"))
                .contains("Fails under 1 fault")
                .contains("DUPLICATE: OrderCreated(o-1)")
                .contains("Saga 'o-1' has ended in OrderCancelled, and yet its step 'credit' stays done");
    }

    /** An order of which nobody hears waits for ever. */
    @Test
    void aRelayThatDeletesFirstIsFoundOut() {
        assertThat(story(InMemoryTestCase.class, "ordersDeleteFirst"))
                .contains("Fails under 1 fault")
                .contains("✗ CRASH after delete outbox")
                .contains(LOST.formatted("relay"));
    }

    @Test
    void aRelayThatDeletesFirstIsFoundOutInAProcessThatIsKilled() {
        assertThat(story(OnProcessesTestCase.class, "eachOrderEndsOnceThoughTheRelayDies"))
                .contains("✗ CRASH after delete outbox")
                .contains(LOST.formatted("select outbox"))
                .contains("printed: " + ServiceMain.JOINED)
                .contains("Saga 'o-2' came to rest without an ending")
                .doesNotContain("Tombstone");
    }

    @Tag("long")
    @EnabledIfSystemProperty(named = "processes", matches = "all")
    @Test
    void aRelayThatDeletesFirstIsFoundOutByKillingProcessesEverywhere() {
        assertThat(story(OnProcessesTestCase.class, "eachOrderEndsOnceWheneverAProcessDies"))
                .contains("Fails under 1 fault")
                .contains(LOST.formatted("select outbox"));
    }

    private String story(Class<?> tests, String method) {
        List<String> stories = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("atleastonce.directory", kept.toString())
                .selectors(selectMethod(tests, method, Scenario.class.getName()))
                .execute()
                .allEvents()
                .reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class)
                        .getKeyValuePairs()
                        .get("atleastonce"))
                .toList();
        return assertThat(stories).singleElement().actual();
    }
}
