package io.github.atleastonce.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.AtLeastOnceTest;
import io.github.atleastonce.scenario.Scenario;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The reservation without a broker and without a database, under all faults that the in-memory transport knows. */
class InMemoryReservationTests {

    @AtLeastOnceTest
    void reservesCreditOnce(Scenario scenario) {
        Map<String, Integer> table = new HashMap<>(Map.of("c-1", 100));
        Set<String> processed = new HashSet<>();
        scenario.service("customers", life -> {
            life.subscribe(
                    "orders",
                    OrderCreated.class,
                    order -> life.step("commit", () -> {
                        if (processed.add(order.orderId())) {
                            table.merge(order.customerId(), -order.amount(), Integer::sum);
                        }
                    }));
            return table;
        });

        scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
        scenario.settle();

        assertThat(table).containsEntry("c-1", 70);
    }
}
