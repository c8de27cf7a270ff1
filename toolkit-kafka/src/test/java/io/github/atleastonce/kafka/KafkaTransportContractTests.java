package io.github.atleastonce.kafka;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.contract.TransportContract;
import io.github.atleastonce.kafka.broker.Broker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class KafkaTransportContractTests extends TransportContract {

    record Paid(String order, List<Integer> amounts) {}

    private static Broker broker;
    private static KafkaCluster kafka;

    @BeforeAll
    static void start() {
        broker = Broker.start(name -> Optional.empty());
        broker.createTopics(Map.of(ORDERS, 3, REPLIES, 1));
        kafka = new KafkaCluster(broker.bootstrapServers(), List.of(ORDERS, REPLIES));
    }

    @AfterAll
    static void stop() {
        kafka.close();
        broker.close();
    }

    @Override
    protected TransportFactory transport() {
        return kafka;
    }

    @Override
    protected List<Object> payloads() {
        return List.of("text", "größe 注文 😀 \n\t\"", new Paid("o-1", List.of(1, 2)));
    }
}
