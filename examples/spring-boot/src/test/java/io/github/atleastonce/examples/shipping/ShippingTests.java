package io.github.atleastonce.examples.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.message.Headers;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(properties = "spring.config.name=shipping")
@KafkaBroker(topics = {@Topic(name = "shipping-orders", partitions = 3), @Topic(name = "shipments")})
class ShippingTests {

    @Autowired
    Shipments shipments;

    @BeforeEach
    void reset() {
        shipments.wanted().clear();
    }

    @FaultTest
    void requestsAShipmentForEachOrder(Scenario scenario) {
        scenario.channel("shipping-orders").send("o-1", new OrderPlaced("o-1", 500));
        scenario.channel("shipping-orders")
                .send("o-2", new OrderPlaced("o-2", 300), Headers.of(Map.of("tenant", "acme")));

        scenario.settle();

        assertThat(shipments.wanted().values())
                .containsExactlyInAnyOrder(
                        new ShipmentRequested("o-1", "nobody", 500), new ShipmentRequested("o-2", "acme", 300));
    }

    @FaultTest(faults = {Fault.CRASH, Fault.SEND_FAILED, Fault.SEND_UNCERTAIN})
    void anOrderThatIsGoneWantsNoShipment(Scenario scenario) {
        scenario.channel("shipping-orders").send("o-1", new OrderPlaced("o-1", 500));
        scenario.settle();
        assertThat(shipments.wanted()).hasSize(1);

        scenario.channel("shipping-orders").sendTombstone("o-1");
        scenario.settle();

        assertThat(shipments.wanted()).isEmpty();
    }
}
