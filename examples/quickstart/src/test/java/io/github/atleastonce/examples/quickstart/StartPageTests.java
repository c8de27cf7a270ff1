package io.github.atleastonce.examples.quickstart;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.junit.AtLeastOnceTest;
import io.github.atleastonce.report.Story;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The first test that {@code docs/start.md} lets a newcomer write says what the page shows. */
class StartPageTests {

    @Test
    void findsWhatThePageShows() throws IOException {
        Outcome outcome = ScenarioRunner.of(DUPLICATE, REDELIVERY, CRASH).explore(new CreditTest()::reservesCreditOnce);

        assertThat(Files.readString(Path.of("..", "..", "docs", "start.md")))
                .contains(Story.of(outcome).text());
    }

    /** Its cure is {@link InMemoryReservationTests}. */
    static class CreditTest {

        @AtLeastOnceTest
        void reservesCreditOnce(Scenario scenario) {
            Map<String, Integer> table = new HashMap<>(Map.of("c-1", 100));
            scenario.service("customers", life -> {
                life.subscribe(
                        "orders",
                        OrderCreated.class,
                        order -> life.step(
                                "commit", () -> table.merge(order.customerId(), -order.amount(), Integer::sum)));
                return life;
            });

            scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
            scenario.settle();

            assertThat(table).containsEntry("c-1", 70);
        }
    }
}
