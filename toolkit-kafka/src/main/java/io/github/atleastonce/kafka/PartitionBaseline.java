package io.github.atleastonce.kafka;

import io.github.atleastonce.explore.DisturbedException;
import io.github.atleastonce.schedule.Bounds;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Where the partitions ended before a run: what comes later is of this run, and what lies before is nobody's concern any more. */
final class PartitionBaseline {

    private final Clients clients;
    private final Topics topics;
    private final GroupProgress groups;
    private final boolean sparing;
    private final Map<TopicPartition, Long> begun = new HashMap<>();
    private boolean clean;

    PartitionBaseline(Clients clients, Topics topics, GroupProgress groups) {
        this(clients, topics, groups, false);
    }

    private PartitionBaseline(Clients clients, Topics topics, GroupProgress groups, boolean sparing) {
        this.clients = clients;
        this.topics = topics;
        this.groups = groups;
        this.sparing = sparing;
    }

    PartitionBaseline sparingRecords() {
        return new PartitionBaseline(clients, topics, groups, true);
    }

    boolean isSparing() {
        return sparing;
    }

    /** Returns where each partition ends before a run begins, and leaves no record of an earlier run to be consumed. */
    Map<TopicPartition, Long> begin(Bounds bounds) {
        awaitStable(bounds);
        if (begun.isEmpty()) {
            groups.acceptMembers(topics.names());
        } else {
            groups.noteMembers(topics.names());
        }
        topics.all().forEach(partition -> begun.putIfAbsent(partition, 0L));
        GroupProgress.Progress before = groups.progress(topics.names(), begun, bounds);
        if (!clean || !before.behind().isEmpty()) {
            before = clear(bounds);
        }
        clean = true;
        begun.putAll(before.ends());
        return before.ends();
    }

    /** A group that is joining is not known to consume anything yet; one that stays so for long must not stop all runs. */
    private void awaitStable(Bounds bounds) {
        long deadline = System.nanoTime() + bounds.joinTimeout().toNanos();
        while (!groups.refresh(topics.names()) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    /**
     * Says, when it is asked, whether groups consume the topics that did not do so when the present run began: it may have missed what they
     * did, or seen a part of it.
     *
     * @param awaited says of a group that the run waits for it
     */
    BooleanSupplier othersHaveJoined(Predicate<String> awaited) {
        Set<String> present = Set.copyOf(groups.groupsOf(topics.names()));
        return () -> {
            try {
                groups.refresh(topics.names());
            } catch (DisturbedException | KafkaException away) {
                return false;
            }
            return groups.groupsOf(topics.names()).stream()
                    .anyMatch(group -> !present.contains(group) && !awaited.test(group));
        };
    }

    /** Adds where topics begin that have come to be known meanwhile. */
    void complete(Map<TopicPartition, Long> from) {
        complete(from, topics.names());
    }

    /** Adds where some topics begin, if that is not known. */
    void complete(Map<TopicPartition, Long> from, Set<String> names) {
        for (String topic : Set.copyOf(names)) {
            if (!from.keySet().containsAll(topics.partitionsOf(topic))) {
                startOf(topic).forEach(from::putIfAbsent);
            }
        }
    }

    Map<TopicPartition, Long> startOf(String topic) {
        return groups.ends(topics.partitionsOf(topic));
    }

    /** What still moves is waited for now: before the next run begins, a test brings its state back to the beginning. */
    void ended(boolean settled, Answers answers, Bounds bounds) {
        clean &= settled;
        if (!settled && !answers.areMissing()) {
            try {
                clear(bounds);
                clean = true;
            } catch (DisturbedException | KafkaException away) {
                return; // The run has its result already, and the next one will see.
            }
        }
    }

    void deleteRecords() {
        if (!sparing) {
            groups.ends(topics.all());
            clients.producer().flush();
            topics.deleteBefore(groups.ends(topics.all()));
        }
    }

    private GroupProgress.Progress clear(Bounds bounds) {
        clients.producer().flush();
        Map<TopicPartition, Long> all = new HashMap<>();
        topics.all().forEach(partition -> all.put(partition, 0L));
        long deadline = System.nanoTime() + bounds.leftoverTimeout().toNanos();
        GroupProgress.Progress now = groups.progress(topics.names(), all, bounds);
        while (!now.behind().isEmpty() && System.nanoTime() < deadline) {
            groups.refresh(topics.names());
            now = groups.progress(topics.names(), all, bounds);
        }
        if (!sparing) {
            topics.deleteBefore(now.ends());
        }
        return now;
    }
}
