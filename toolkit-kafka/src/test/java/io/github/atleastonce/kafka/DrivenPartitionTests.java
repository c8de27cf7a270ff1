package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.atleastonce.channel.Handlers;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** Where a node goes on reading when its share has changed. */
class DrivenPartitionTests {

    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    /** Else it would come twice, though nothing has gone wrong. */
    @Test
    void whatANodeHasInHandIsNotFetchedAgain() {
        AtomicBoolean looked = new AtomicBoolean();
        try (EmbeddedKafka broker = EmbeddedKafka.start()) {
            broker.createTopics(Map.of("orders", 1));
            try (KafkaCluster kafka = new KafkaCluster(broker.bootstrapServers(), List.of("orders"));
                    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                            Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                            new ByteArrayDeserializer(),
                            new ByteArrayDeserializer())) {
                consumer.assign(List.of(PARTITION));
                ScenarioRunner.of(Fault.CRASH)
                        .on(kafka)
                        .within(kafka.bounds().withMaxFaults(0))
                        .explore(scenario -> {
                            scenario.service("credit", life -> {
                                life.subscribe("orders", String.class, order -> {
                                    look(
                                            new Handlers(Run.lifetime(life)),
                                            consumer,
                                            RunRecords.of(Run.of(life)).orElseThrow());
                                    looked.set(true);
                                });
                                return life;
                            });
                            scenario.channel("orders").send("k", "first");
                            scenario.channel("orders").send("k", "second");
                            scenario.settle();
                        });
            }
        }
        assertThat(looked).isTrue();
    }

    private static void look(Handlers reader, KafkaConsumer<byte[], byte[]> consumer, RunRecords records) {
        long from = consumer.beginningOffsets(List.of(PARTITION)).get(PARTITION);
        DrivenPartition partition = new DrivenPartition(PARTITION, reader, from);
        partition.seek(consumer);
        await().until(() -> {
            consumer.poll(Duration.ofMillis(50))
                    .forEach(bytes -> partition.add(new DrivenPartition.Arrival(bytes, records.stored(bytes))));
            return consumer.position(PARTITION) > from;
        });
        DrivenPartition.Handling begun = partition.take();
        partition.forget();
        partition.seek(consumer);

        assertThat(consumer.position(PARTITION)).isEqualTo(from + 1);
        partition.passMarkers(consumer);
        assertThat(partition.handled()).isEqualTo(from);
        partition.putDown(begun);
        partition.forget();
        partition.seek(consumer);
        assertThat(consumer.position(PARTITION)).isEqualTo(from);
    }
}
