package io.github.atleastonce.kafka.spring;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.springframework.beans.BeanUtils;

/** What a consumer has polled and its container has not got yet, in one order of partitions. Belongs to the thread of the consumer. */
final class PolledRecords<K, V> {

    private static final Comparator<TopicPartition> BY_NAME =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    /** Kafka's clients before 4.0 do not know where the next poll goes on. */
    private static final Optional<Constructor<?>> WITH_NEXT_OFFSETS = Arrays.stream(
                    ConsumerRecords.class.getConstructors())
            .filter(constructor -> constructor.getParameterCount() == 2)
            .findFirst();

    private final Map<TopicPartition, List<ConsumerRecord<K, V>>> records = new TreeMap<>(BY_NAME);

    void add(ConsumerRecords<K, V> polled) {
        polled.partitions()
                .forEach(partition -> records.computeIfAbsent(partition, any -> new ArrayList<>())
                        .addAll(polled.records(partition)));
    }

    int size() {
        return records.values().stream().mapToInt(List::size).sum();
    }

    /** Returns the first partition of which there is something, but for some that are paused. */
    Optional<TopicPartition> first(Set<TopicPartition> paused) {
        return records.keySet().stream()
                .filter(partition -> !paused.contains(partition))
                .findFirst();
    }

    /** Returns the offset that the container gets next of a partition. */
    Optional<Long> position(TopicPartition partition) {
        return Optional.ofNullable(records.get(partition))
                .map(some -> some.get(0).offset());
    }

    /** Returns what comes first of a partition of which there is something. */
    ConsumerRecord<K, V> head(TopicPartition partition) {
        return Objects.requireNonNull(records.get(partition)).get(0);
    }

    void retain(Collection<TopicPartition> assigned) {
        records.keySet().retainAll(assigned);
    }

    void forget(Collection<TopicPartition> partitions) {
        records.keySet().removeAll(partitions);
    }

    void clear() {
        records.clear();
    }

    /** Takes out what one poll holds. */
    ConsumerRecords<K, V> take(int most, Set<TopicPartition> paused) {
        Map<TopicPartition, List<ConsumerRecord<K, V>>> taken = new TreeMap<>(BY_NAME);
        int left = most;
        for (Map.Entry<TopicPartition, List<ConsumerRecord<K, V>>> each : records.entrySet()) {
            int count = paused.contains(each.getKey())
                    ? 0
                    : Math.min(left, each.getValue().size());
            if (count > 0) {
                List<ConsumerRecord<K, V>> next = each.getValue().subList(0, count);
                taken.put(each.getKey(), List.copyOf(next));
                next.clear();
                left -= count;
            }
        }
        records.values().removeIf(List::isEmpty);
        return made(taken);
    }

    @SuppressWarnings({"unchecked", "removal"}) // the call that clients before 4.0 have
    private static <K, V> ConsumerRecords<K, V> made(Map<TopicPartition, List<ConsumerRecord<K, V>>> taken) {
        if (WITH_NEXT_OFFSETS.isEmpty()) {
            return new ConsumerRecords<>(taken);
        }
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        taken.forEach((partition, some) -> {
            ConsumerRecord<K, V> last = some.get(some.size() - 1);
            next.put(partition, new OffsetAndMetadata(last.offset() + 1, last.leaderEpoch(), ""));
        });
        return (ConsumerRecords<K, V>) BeanUtils.instantiateClass(WITH_NEXT_OFFSETS.get(), taken, next);
    }
}
