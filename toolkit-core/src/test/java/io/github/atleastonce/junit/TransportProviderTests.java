package io.github.atleastonce.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.Capabilities;
import io.github.atleastonce.channel.Transport;
import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;

/** Transports that plug in; the providers stand in the service file of the test resources. */
public class TransportProviderTests {

    @TempDir
    Path kept;

    @Retention(RetentionPolicy.RUNTIME)
    @interface Carrier {}

    @Retention(RetentionPolicy.RUNTIME)
    @interface Courier {}

    /** In memory, but without duplicates, and with bounds of its own. */
    public static final class CarrierProvider implements TransportProvider {

        @Override
        public Optional<TransportFactory> find(ExtensionContext context) {
            return context.getRequiredTestClass().isAnnotationPresent(Carrier.class)
                    ? Optional.of(new Pigeons("by carrier pigeon"))
                    : Optional.empty();
        }
    }

    public static final class CourierProvider implements TransportProvider {

        @Override
        public Optional<TransportFactory> find(ExtensionContext context) {
            return context.getRequiredTestClass().isAnnotationPresent(Courier.class)
                    ? Optional.of(new Pigeons("by courier"))
                    : Optional.empty();
        }
    }

    private record Pigeons(String name) implements TransportFactory {

        @Override
        public Transport open(Run run) {
            return IN_MEMORY.open(run);
        }

        @Override
        public Capabilities capabilities() {
            Capabilities usual = IN_MEMORY.capabilities();
            return new Capabilities(
                    EnumSet.of(Fault.CRASH), usual.ordering(), usual.confirmation(), usual.staleDuplicates());
        }

        @Override
        public Bounds bounds() {
            return Bounds.DEFAULT.withMaxFaults(1);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @Carrier
    static class CarriedTestCase {

        @AtLeastOnceTest
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    @Carrier
    @Courier
    static class WantedTwiceTestCase {

        @AtLeastOnceTest
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class UsualTestCase {

        @AtLeastOnceTest
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    @Test
    void givesTheTransportWithItsFaultsAndBounds() {
        assertThat(Kit.select(CarriedTestCase.class, kept).run().last().name())
                .startsWith("holds under every schedule with ≤ 1 fault (4 runs); tried: CRASH; "
                        + "memory of 'ledger' may outlive its crashes: its boot returned the same object twice; "
                        + "not possible by carrier pigeon: DUPLICATE, REDELIVERY");
    }

    @Test
    void mayStandBack() {
        assertThat(Kit.select(UsualTestCase.class, kept).run().last().name())
                .startsWith("holds under every schedule with ≤ 2 faults")
                .doesNotContain("not possible");
    }

    @Test
    void mayNotCarryTheSameChannel() {
        assertThat(Kit.select(WantedTwiceTestCase.class, kept).run().last().message())
                .contains("Several transports of this run carry the channel 'deposits': declare it on exactly one of "
                        + "[in memory, in memory].");
    }
}
