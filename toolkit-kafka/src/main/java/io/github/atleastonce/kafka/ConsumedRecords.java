package io.github.atleastonce.kafka;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.run.Run;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** Tells what groups have consumed of which nothing else is known than their commits. */
final class ConsumedRecords {

    private final Run run;
    private final KafkaCluster kafka;
    private final Map<TopicPartition, Long> from;
    private final Map<String, Map<TopicPartition, Long>> committed = new HashMap<>();

    ConsumedRecords(Run run, KafkaCluster kafka, Map<TopicPartition, Long> from) {
        this.run = run;
        this.kafka = kafka;
        this.from = from;
    }

    /** A group has committed so far; one that takes part in the run tells of its deliveries itself. */
    void committed(String group, Map<TopicPartition, Long> positions, boolean takesPart) {
        Map<TopicPartition, Long> before = committed.getOrDefault(group, from);
        Map<String, Long> records = new TreeMap<>();
        positions.forEach((partition, position) -> {
            long begin = before.getOrDefault(partition, position);
            records.merge(
                    partition.topic(), kafka.records().count(partition, begin, position, run.bounds()), Long::sum);
        });
        records.forEach((topic, count) -> {
            if (count > 0 && !takesPart) {
                run.history().add(new Event.Consumed(group, topic, count));
                remarkOn(group);
            }
        });
        committed.put(group, positions);
    }

    /** What a consumer commits by a clock cannot be told from what it commits after its work. */
    private void remarkOn(String group) {
        if (kafka.consumers().speaksNewerProtocol(group)) {
            run.history()
                    .caveats()
                    .remark(
                            "group '" + group
                                    + "' has group.protocol=consumer: if it commits automatically, what its handlers still have in hand counts as done");
        }
    }
}
