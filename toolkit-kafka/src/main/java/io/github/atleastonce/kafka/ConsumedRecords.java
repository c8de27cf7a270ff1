package io.github.atleastonce.kafka;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.run.Run;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;

/** Tells what groups have consumed of which nothing else is known than their commits. */
final class ConsumedRecords {

    private final Run run;
    private final KafkaCluster kafka;
    private final Map<TopicPartition, Long> from;
    private final RunRecords records;
    private final Map<String, Map<TopicPartition, Long>> committed = new HashMap<>();

    ConsumedRecords(Run run, KafkaCluster kafka, RunRecords records, Map<TopicPartition, Long> from) {
        this.records = records;
        this.run = run;
        this.kafka = kafka;
        this.from = from;
    }

    /** A group has committed so far; one that takes part in the run tells of its deliveries itself. */
    void committed(String group, Map<TopicPartition, Long> positions, boolean takesPart) {
        Map<TopicPartition, Long> before = committed.getOrDefault(group, from);
        committed.put(group, positions);
        if (takesPart) {
            return;
        }
        Map<String, Long> counts = new TreeMap<>();
        positions.forEach((partition, position) -> counts.merge(
                partition.topic(), count(partition, before.getOrDefault(partition, position), position), Long::sum));
        counts.forEach((topic, count) -> {
            if (count > 0) {
                run.history().add(new Event.Consumed(group, topic, count));
                remarkOn(group);
            }
        });
    }

    /** Markers of transactions may lie between records that others have sent, so these are read. */
    private long count(TopicPartition partition, long begin, long end) {
        boolean ours = LongStream.range(begin, end).allMatch(offset -> records.isOurs(partition, offset));
        return ours ? Math.max(0, end - begin) : kafka.records().count(partition, begin, end, run.bounds());
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
