package io.github.atleastonce.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.ConsumerGroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Knows which consumer groups are at work on a set of topics, and how far they have come.
 *
 * <p>The answer to "is all consumed?" is sound for consumers that commit after their work, and whose sends are acknowledged
 * before that commit: commits are read first and ends of the logs afterwards. A record that was appended before the ends
 * were read, and is not covered by the commits read earlier, shows as behind; one appended later must come from a handler
 * whose own record was not committed when the commits were read.
 */
final class GroupProgress {

    private static final String NEVER =
            " (it has never committed: with auto.offset.reset=latest it may have missed them)";

    private final Admin admin;
    private final Map<String, Set<TopicPartition>> assignments = new TreeMap<>();

    /**
     * How far the groups have come.
     *
     * @param committed the committed offset for each group and partition, as read
     * @param ends where the partitions ended after the commits had been read
     * @param behind which group lacks what, in words; empty if all has been consumed
     */
    record Progress(
            Map<String, Map<TopicPartition, Long>> committed, Map<TopicPartition, Long> ends, List<String> behind) {

        Progress but(List<String> stillBehind) {
            return new Progress(committed, ends, stillBehind);
        }
    }

    GroupProgress(Admin admin) {
        this.admin = admin;
    }

    /**
     * Looks for the groups again, and for what each of them is assigned now: listeners that share a group join one by one.
     *
     * @param topics the topics of interest
     * @return false if a group that may consume them is joining or rebalancing at this moment
     */
    @SuppressWarnings({"deprecation", "removal"}) // the calls that clients 3.9 to 4.4 share
    boolean refresh(Set<String> topics) {
        boolean stable = true;
        List<String> settled = new ArrayList<>();
        List<String> classic = new ArrayList<>();
        Set<String> alive = new HashSet<>();
        for (ConsumerGroupListing group : Wait.on(admin.listConsumerGroups().all())) {
            ConsumerGroupState state = group.state().orElse(ConsumerGroupState.UNKNOWN);
            if (state == ConsumerGroupState.STABLE) {
                boolean quick = ClassicGroups.canBeDescribed()
                        && group.type().filter(GroupType.CLASSIC::equals).isPresent();
                (quick ? classic : settled).add(group.groupId());
                alive.add(group.groupId());
            } else if (state != ConsumerGroupState.EMPTY && state != ConsumerGroupState.DEAD) {
                alive.add(group.groupId());
                stable &= isElsewhere(group.groupId(), topics);
            }
        }
        assignments.keySet().retainAll(alive);
        assignments.keySet().removeAll(classic);
        assignments.putAll(ClassicGroups.assignments(admin, classic));
        admin.describeConsumerGroups(settled).describedGroups().forEach((id, description) -> {
            try {
                assignments.put(id, assignment(Wait.on(description)));
            } catch (GroupIdNotFoundException gone) {
                assignments.remove(id);
            }
        });
        return stable;
    }

    private boolean isElsewhere(String group, Set<String> topics) {
        Set<TopicPartition> assigned = assignments.get(group);
        return assigned != null && assigned.stream().noneMatch(partition -> topics.contains(partition.topic()));
    }

    /** Says whether some group has been assigned all of these partitions. */
    boolean isConsumed(Collection<TopicPartition> partitions) {
        return assignments.values().stream().anyMatch(assigned -> assigned.containsAll(partitions));
    }

    /** Says whether some group has been assigned this partition. */
    boolean isConsumed(TopicPartition partition) {
        return assignments.values().stream().anyMatch(assigned -> assigned.contains(partition));
    }

    /** Returns the groups that consume any of these topics. */
    List<String> groupsOf(Set<String> topics) {
        List<String> groups = new ArrayList<>();
        assignments.forEach((group, assigned) -> {
            if (assigned.stream().anyMatch(partition -> topics.contains(partition.topic()))) {
                groups.add(group);
            }
        });
        return groups;
    }

    /**
     * Compares what the groups have committed with what the partitions hold.
     *
     * @param topics the topics of interest
     * @param from where the records begin that count; what lies before is nobody's concern
     * @return the progress
     */
    Progress progress(Set<String> topics, Map<TopicPartition, Long> from) {
        List<String> groups = groupsOf(topics);
        if (groups.isEmpty()) {
            return new Progress(Map.of(), ends(from.keySet()), List.of());
        }
        Map<String, ListConsumerGroupOffsetsSpec> specs = new HashMap<>();
        groups.forEach(group -> specs.put(group, new ListConsumerGroupOffsetsSpec()));
        Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets =
                Wait.on(admin.listConsumerGroupOffsets(specs).all());
        Map<TopicPartition, Long> ends = ends(from.keySet());
        Map<String, Map<TopicPartition, Long>> committed = new TreeMap<>();
        List<String> behind = new ArrayList<>();
        for (String group : groups) {
            Map<TopicPartition, OffsetAndMetadata> known = offsets.getOrDefault(group, Map.of());
            Map<TopicPartition, Long> positions = new HashMap<>();
            for (TopicPartition partition : assignments.getOrDefault(group, Set.of())) {
                OffsetAndMetadata offset = known.get(partition);
                Long end = ends.get(partition);
                Long start = from.get(partition);
                if (end == null || start == null) {
                    continue;
                }
                long position = offset == null ? start : Math.max(start, offset.offset());
                positions.put(partition, position);
                if (position < end) {
                    behind.add(partition + ": group " + group + " has committed " + (position - start) + " of the "
                            + (end - start) + " records of this run"
                            + (offset == null ? NEVER : ""));
                }
            }
            committed.put(group, positions);
        }
        return new Progress(committed, ends, behind);
    }

    /** Returns the offsets that the next records of some partitions will get. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        Wait.on(admin.listOffsets(latest).all()).forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    private static Set<TopicPartition> assignment(ConsumerGroupDescription group) {
        Set<TopicPartition> all = new HashSet<>();
        group.members().forEach(member -> all.addAll(member.assignment().topicPartitions()));
        return all;
    }
}
