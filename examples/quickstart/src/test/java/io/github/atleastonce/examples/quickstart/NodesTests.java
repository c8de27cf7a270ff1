package io.github.atleastonce.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The reservation in two nodes that share a database, under all faults that a correct service must survive. */
class NodesTests {

    @FaultTest
    void reservesCreditOnceAmongNodes(Scenario scenario) {
        Map<String, Integer> table = new HashMap<>(Map.of("c-1", 100));
        Set<String> processed = new HashSet<>();
        scenario.channel("orders", ChannelOptions.partitions(2));
        scenario.nodes("customers", 2, life -> {
            life.subscribe(
                    "orders",
                    OrderCreated.class,
                    order -> life.step("commit", () -> {
                        if (processed.add(order.orderId())) {
                            table.merge(order.customerId(), -order.amount(), Integer::sum);
                        }
                    }));
            return life;
        });

        scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
        scenario.channel("orders").send("o-2", new OrderCreated("o-2", "c-1", 20));
        scenario.settle();

        assertThat(table).containsEntry("c-1", 50);
    }
}
