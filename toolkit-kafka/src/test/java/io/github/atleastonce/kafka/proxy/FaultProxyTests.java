package io.github.atleastonce.kafka.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ordinary clients behind the proxy, which nobody disturbs. */
class FaultProxyTests {

    private static EmbeddedKafka broker;
    private static FaultProxy proxy;

    private String topic;

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start();
        proxy = FaultProxy.before(broker.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        proxy.close();
        broker.close();
    }

    @BeforeEach
    void createTopic(TestInfo test) {
        topic = test.getTestMethod().orElseThrow().getName();
        broker.createTopics(Map.of(topic, 2));
    }

    static Stream<String> protocols() {
        return Stream.of("classic", "consumer").filter(ProxiedClients::speaks);
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void letsProducersAndConsumersThrough(String protocol) throws Exception {
        try (KafkaProducer<String, String> producer = ProxiedClients.producer(proxy.bootstrapServers(), Map.of());
                KafkaConsumer<String, String> consumer = ProxiedClients.consumer(
                        proxy.bootstrapServers(), "group-" + protocol, ProxiedClients.protocol(protocol))) {
            for (int i = 0; i < 20; i++) {
                producer.send(new ProducerRecord<>(topic, i % 2, "k", protocol + i))
                        .get();
            }
            consumer.subscribe(List.of(topic));
            List<String> values = ProxiedClients.read(consumer, 20, protocol);
            consumer.commitSync();

            assertThat(values).hasSize(20).doesNotHaveDuplicates();
        }
    }

    @Test
    void letsTransactionsThrough() throws Exception {
        try (KafkaProducer<String, String> producer =
                        ProxiedClients.producer(proxy.bootstrapServers(), Map.of("transactional.id", "tx"));
                KafkaConsumer<String, String> consumer = ProxiedClients.consumer(
                        proxy.bootstrapServers(), "committed", Map.of("isolation.level", "read_committed"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 0, "k", "no")).get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 0, "k", "yes")).get();
            producer.commitTransaction();
            consumer.subscribe(List.of(topic));

            assertThat(ProxiedClients.read(consumer, 1, "")).containsExactly("yes");
        }
    }

    @Test
    void tellsClientsItsOwnAddressAlone() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", proxy.bootstrapServers()))) {
            Node node = admin.describeCluster().nodes().get().iterator().next();

            assertThat(node.host() + ":" + node.port()).isEqualTo(proxy.bootstrapServers());
            assertThat(node.id()).isEqualTo(1);
        }
    }

    @Test
    void cutsThoseWhoCameByOneEntrance() throws Exception {
        Door door = proxy.open("life");
        try (KafkaProducer<String, String> ours = ProxiedClients.producer(
                        door.bootstrapServers(),
                        Map.of("delivery.timeout.ms", 3_000, "request.timeout.ms", 1_500, "max.block.ms", 3_000));
                KafkaProducer<String, String> others = ProxiedClients.producer(
                        proxy.bootstrapServers(), Map.of("retries", 0, "enable.idempotence", false))) {
            ours.partitionsFor(topic);
            ours.send(new ProducerRecord<>(topic, 0, "k", "v")).get();
            others.send(new ProducerRecord<>(topic, 0, "k", "v")).get();
            door.close();

            assertThat(door.connected()).isZero();
            assertThatThrownBy(() ->
                            ours.send(new ProducerRecord<>(topic, 0, "k", "v")).get())
                    .hasCauseInstanceOf(TimeoutException.class);
            others.send(new ProducerRecord<>(topic, 0, "k", "v")).get();
        }
    }
}
