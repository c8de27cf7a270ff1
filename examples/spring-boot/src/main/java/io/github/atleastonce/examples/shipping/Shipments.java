package io.github.atleastonce.examples.shipping;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** The shipments that are wanted; a database would hold them in a real service. */
@Component
public class Shipments {

    private final Map<String, ShipmentRequested> wanted = new ConcurrentHashMap<>();

    /**
     * Takes note of a shipment.
     *
     * @param shipment the request, without a value if it is withdrawn
     */
    @KafkaListener(topics = "shipments", groupId = "warehouse")
    public void on(ConsumerRecord<String, @Nullable ShipmentRequested> shipment) {
        ShipmentRequested request = shipment.value();
        if (request == null) {
            wanted.remove(shipment.key());
        } else {
            wanted.put(shipment.key(), request);
        }
    }

    /**
     * Returns what is wanted.
     *
     * @return the requests by order
     */
    public Map<String, ShipmentRequested> wanted() {
        return wanted;
    }
}
