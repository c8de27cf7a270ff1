package io.github.atleastonce.kafka;

import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Bounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** What lies in a topic since a run began, without what a transaction has taken back. */
record TopicContents(KafkaCluster kafka, RunRecords records) {

    private static final Duration POLL = Duration.ofMillis(20);

    List<StoredMessage> of(String topic, Map<TopicPartition, Long> from, Bounds bounds) {
        Set<TopicPartition> partitions = Set.copyOf(kafka.topics().partitionsOf(topic));
        Consumer<byte[], byte[]> reader = kafka.clients().reader(IsolationLevel.READ_COMMITTED);
        reader.assign(partitions);
        partitions.forEach(partition -> reader.seek(partition, from.getOrDefault(partition, 0L)));
        Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
        List<StoredMessage> found = new ArrayList<>();
        long deadline = System.nanoTime() + bounds.brokerTimeout().toNanos();
        while (partitions.stream()
                .anyMatch(partition -> reader.position(partition) < ends.getOrDefault(partition, 0L))) {
            for (ConsumerRecord<byte[], byte[]> bytes : reader.poll(POLL)) {
                found.add(records.stored(bytes));
            }
            if (System.nanoTime() - deadline > 0) {
                throw new NotSettledException(
                        Bound.BROKER_TIMEOUT.in(bounds), List.of("the reading of '" + topic + "'"));
            }
        }
        return found;
    }
}
