package io.github.atleastonce.kafka;

import io.github.atleastonce.kafka.GroupProgress.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Who may read what.
 *
 * @param group a consumer group behind the proxy
 * @param partition what it is given
 */
record WireTurn(String group, TopicPartition partition) implements Comparable<WireTurn> {

    /** Returns all whose turn it could be, in an order that is the same in every run. */
    static List<WireTurn> of(Progress progress) {
        List<WireTurn> all = new ArrayList<>();
        progress.lacking()
                .forEach((group, partitions) ->
                        partitions.keySet().forEach(partition -> all.add(new WireTurn(group, partition))));
        Collections.sort(all);
        return all;
    }

    @Override
    public int compareTo(WireTurn other) {
        int groups = group.compareTo(other.group);
        return groups == 0 ? partition.toString().compareTo(other.partition.toString()) : groups;
    }

    /** Returns the offset that its group has committed. */
    long position(Progress progress) {
        return progress.committed().getOrDefault(group, Map.of()).getOrDefault(partition, 0L);
    }

    /** Returns where the partition ends. */
    long end(Progress progress) {
        return progress.ends().getOrDefault(partition, 0L);
    }
}
