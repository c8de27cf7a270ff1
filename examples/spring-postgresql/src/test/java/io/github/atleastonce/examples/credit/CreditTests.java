package io.github.atleastonce.examples.credit;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.SEND_FAILED;
import static io.github.atleastonce.schedule.Fault.SEND_UNCERTAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.AtLeastOnceTest;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@KafkaBroker(topics = {@Topic(name = "orders", partitions = 3), @Topic(name = "placed-orders")})
class CreditTests extends OnPostgreSql {

    @Autowired
    Customers customers;

    @Autowired
    Orders orders;

    @Autowired
    Relay relay;

    @AtLeastOnceTest
    void reservesCreditOnce(Scenario scenario) {
        scenario.channel("orders").send("o-1", "c-1:30");

        scenario.settle();

        assertThat(customers.credit("c-1")).isEqualTo(70);
    }

    @FaultTest(faults = CRASH)
    void orderAndEventAreAtomic(Scenario scenario) throws Exception {
        scenario.attempt(() -> orders.place("o-1"));

        scenario.settle();

        assertThat(orders.announced()).isEqualTo(orders.ids());
    }

    @FaultTest(faults = {CRASH, SEND_FAILED, SEND_UNCERTAIN})
    void everyOrderIsPublished(Scenario scenario) {
        Set<String> published = new TreeSet<>();
        scenario.consumer("warehouse", "placed-orders", String.class, published::add);

        scenario.attempt(() -> orders.place("o-1"));
        scenario.attempt(relay::publish);
        relay.publish();
        scenario.settle();

        assertThat(published).containsExactlyElementsOf(orders.ids());
    }
}
