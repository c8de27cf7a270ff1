package io.github.atleastonce.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * What groups have committed. A consumer of a group that never joins it knows its coordinator, and asks on the thread that waits; an admin client
 * looks for the coordinator each time. But a consumer waits while a transaction is open that commits offsets: such groups are asked for otherwise.
 */
final class CommittedOffsets {

    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final Clients clients;
    private final Answers answers;
    private final Set<String> transactional = new HashSet<>();

    CommittedOffsets(Clients clients, Answers answers) {
        this.clients = clients;
        this.answers = answers;
    }

    /** Returns the offsets that each group has committed of some partitions; where it has committed none there is nothing. */
    Map<String, Map<TopicPartition, Long>> of(List<String> groups, Set<TopicPartition> partitions) {
        Map<String, Map<TopicPartition, Long>> offsets = new HashMap<>();
        Map<String, ListConsumerGroupOffsetsSpec> others = new HashMap<>();
        for (String group : groups) {
            try {
                if (!transactional.contains(group)) {
                    offsets.put(group, numbers(clients.member(group).committed(partitions, PATIENCE)));
                    continue;
                }
            } catch (KafkaException unstableOrAway) {
                transactional.add(group);
            }
            others.put(group, new ListConsumerGroupOffsetsSpec());
        }
        if (!others.isEmpty()) {
            answers.await(clients.admin().listConsumerGroupOffsets(others).all())
                    .forEach((group, committed) -> offsets.put(group, numbers(committed)));
        }
        return offsets;
    }

    private static Map<TopicPartition, Long> numbers(Map<TopicPartition, OffsetAndMetadata> committed) {
        Map<TopicPartition, Long> numbers = new HashMap<>();
        committed.forEach((partition, offset) -> {
            if (offset != null) {
                numbers.put(partition, offset.offset());
            }
        });
        return numbers;
    }
}
