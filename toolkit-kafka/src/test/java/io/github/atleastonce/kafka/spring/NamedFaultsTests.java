package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.BootstrapServers;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.springframework.jdbc.core.JdbcTemplate;

/** A test that names a fault which only contexts offer that its body starts. */
class NamedFaultsTests {

    @KafkaBroker(topics = @Topic(name = "orders", partitions = 2))
    static class OfContextsTestCase {

        @FaultTest(
                faults = {Fault.REDELIVERY, Fault.COMMIT_FAILED},
                maxFaults = 1)
        void creditsOnce(Scenario scenario, @BootstrapServers String servers) {
            JdbcTemplate db = NodeService.database();
            scenario.reset(() -> {
                db.execute("DELETE FROM processed");
                db.execute("DELETE FROM credit");
                db.update("INSERT INTO credit VALUES ('o-1', 100, 0)");
            });
            scenario.nodes("credit", 2, life -> NodeService.boot(life, NodeService.Updating.class, servers));
            scenario.channel("orders").send("o-1", "a-1 10");
            scenario.settle();
            assertThat(db.queryForObject("SELECT amount FROM credit", Integer.class))
                    .isEqualTo(90);
        }
    }

    @KafkaBroker(topics = @Topic(name = "orders", partitions = 2))
    static class OfServicesTestCase {

        @FaultTest(faults = Fault.COMMIT_FAILED, maxFaults = 1)
        void sees(Scenario scenario) {
            Set<String> seen = ConcurrentHashMap.newKeySet();
            scenario.service("credit", life -> {
                life.subscribe("orders", String.class, order -> seen.add(order));
                return seen;
            });
            scenario.channel("orders").send("o-1", "a-1 10");
            scenario.settle();
            assertThat(seen).hasSize(1);
        }
    }

    private static Events execute(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute()
                .allEvents();
    }

    private static List<String> failures(Events events) {
        return events.failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .map(Throwable::getMessage)
                        .orElse(""))
                .toList();
    }

    @Test
    void isTakenAtItsWordWhereThereAreContexts() {
        Events events = execute(OfContextsTestCase.class);

        assertThat(failures(events)).isEmpty();
        // The run without faults, and one for each place.
        assertThat(events.succeeded().count()).isGreaterThan(2);
    }

    @Test
    void failsWhereNobodyCommitsInTheRun() {
        assertThat(failures(execute(OfServicesTestCase.class)))
                .singleElement()
                .asString()
                .contains("COMMIT_FAILED");
    }
}
