package shop;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The same test finds what is wrong in each of the others. */
class IsFoundTest {

    /** Eventuate's participant with {@code TransactionalNoopDuplicateMessageDetector}: the relay says twice what it did not mark as said. */
    static class ForgetsWhatWasReceived extends OrdersTest {

        @Override
        Map<String, Object> properties() {
            return Map.of("shop.detects-duplicates", "false");
        }

        @Override
        @FaultTest(faults = CRASH, maxFaults = 1)
        void placedAsAWholeOrNotAtAll(Scenario scenario) {
            super.placedAsAWholeOrNotAtAll(scenario);
        }
    }

    /** Credit is reserved, and that is committed, before Eventuate's transaction is: the command comes again. */
    static class ReservesInATransactionOfItsOwn extends OrdersTest {

        @Override
        Map<String, Object> properties() {
            return Map.of("shop.own-transaction", "true");
        }
    }

    /** Without a transaction around it, a saga begins statement by statement. */
    static class BeginsWithoutATransaction extends OrdersTest {

        @Override
        Map<String, Object> properties() {
            return Map.of("shop.atomic", "false");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {ForgetsWhatWasReceived.class, ReservesInATransactionOfItsOwn.class, BeginsWithoutATransaction.class})
    void isFoundWithinOneFault(Class<?> mistaken) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(
                LauncherDiscoveryRequestBuilder.request().selectors(selectClass(mistaken)).build(), listener);

        assertThat(listener.getSummary().getFailures()).singleElement().satisfies(failure ->
                assertThat(failure.getException()).hasMessageContaining("Fails under 1 fault.").hasMessageContaining("Replay"));
    }
}
