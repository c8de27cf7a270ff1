package shop;

import static io.github.atleastonce.schedule.Fault.COMMIT_FAILED;
import static io.github.atleastonce.schedule.Fault.REBALANCE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.check.Messages;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.BootstrapServers;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

@KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "invoices")})
class BillingTest {

    private static Billing billing;

    @BeforeAll
    static void start(@BootstrapServers String servers, TestInfo test, @TempDir Path state) {
        boolean exactlyOnce = test.getTestClass().orElseThrow() == BillingTest.class;
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, exactlyOnce ? "billing" : "billing-twice");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        properties.put(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                exactlyOnce ? StreamsConfig.EXACTLY_ONCE_V2 : StreamsConfig.AT_LEAST_ONCE);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        billing = new Billing(properties);
    }

    @AfterAll
    static void stop() {
        billing.close();
    }

    @FaultTest(faults = {REDELIVERY, COMMIT_FAILED, REBALANCE}, maxFaults = 1)
    void invoicesEachOrderOnce(Scenario scenario) {
        scenario.channel("orders").send("o-1", "c-1:30");
        scenario.channel("orders").send("o-2", "c-1:20");

        assertThat(Messages.of(scenario, "invoices")).hasSize(2);
    }
}
