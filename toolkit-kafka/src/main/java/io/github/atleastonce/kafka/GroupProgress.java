package io.github.atleastonce.kafka;

import io.github.atleastonce.schedule.Bounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
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

    private static final String REPARTITION = "-repartition";

    private final Admin admin;
    private final Answers answers;
    private final CommittedOffsets committed;
    private final LogEnds ends;
    private final RecordEnds records;
    private final Map<String, Membership> groups = new TreeMap<>();
    private final Map<String, Set<String>> known = new HashMap<>();
    private final Map<String, Long> changed = new HashMap<>();
    private final Set<String> moving = new TreeSet<>();
    private final Set<String> newer = new HashSet<>();

    /**
     * How far the groups have come.
     *
     * @param committed the committed offset for each group and partition, as read
     * @param ends where the logs of the partitions ended after the commits had been read
     * @param lacking the partitions of which groups lack a record, with words that say so
     * @param behind which group lacks what, in words; empty if all has been consumed
     */
    record Progress(
            Map<String, Map<TopicPartition, Long>> committed,
            Map<TopicPartition, Long> ends,
            Map<String, Map<TopicPartition, String>> lacking,
            List<String> behind) {

        Progress but(List<String> stillBehind) {
            return new Progress(committed, ends, lacking, stillBehind);
        }

        /** Leaves out what nobody is to read for the time being. */
        Progress without(Predicate<WireTurn> held) {
            Map<String, Map<TopicPartition, String>> left = new TreeMap<>();
            List<String> words = new ArrayList<>(behind);
            lacking.forEach((group, partitions) -> partitions.forEach((partition, word) -> {
                if (held.test(new WireTurn(group, partition))) {
                    words.remove(word);
                } else {
                    left.computeIfAbsent(group, none -> new HashMap<>()).put(partition, word);
                }
            }));
            return new Progress(committed, ends, left, words);
        }

        /** Names the partitions of which groups lack a record. */
        Map<String, Set<String>> partitionsBehind() {
            Map<String, Set<String>> names = new TreeMap<>();
            lacking.forEach((group, partitions) -> partitions
                    .keySet()
                    .forEach(partition -> names.computeIfAbsent(group, none -> new TreeSet<>())
                            .add(partition.toString())));
            return names;
        }
    }

    GroupProgress(Clients clients, Answers answers, RecordEnds records) {
        this.records = records;
        this.admin = clients.admin();
        this.answers = answers;
        this.committed = new CommittedOffsets(clients, answers);
        this.ends = new LogEnds(admin, answers);
    }

    /**
     * Looks for the groups again, and for what each of them is assigned now: listeners that share a group join one by one.
     *
     * @param topics the topics of interest
     * @return false if a group that may consume them is joining or rebalancing at this moment
     */
    @SuppressWarnings({"deprecation", "removal"}) // the calls that clients 3.9 to 4.4 share
    boolean refresh(Set<String> topics) {
        List<String> stable = new ArrayList<>();
        List<String> classic = new ArrayList<>();
        Set<String> alive = new HashSet<>();
        moving.clear();
        for (ConsumerGroupListing group :
                answers.await(admin.listConsumerGroups().all())) {
            if (group.type().filter(GroupType.CONSUMER::equals).isPresent()) {
                newer.add(group.groupId());
            }
            ConsumerGroupState state = group.state().orElse(ConsumerGroupState.UNKNOWN);
            if (state == ConsumerGroupState.STABLE) {
                boolean quick = ClassicGroups.canBeDescribed()
                        && group.type().filter(GroupType.CLASSIC::equals).isPresent();
                (quick ? classic : stable).add(group.groupId());
                alive.add(group.groupId());
            } else if (state != ConsumerGroupState.EMPTY && state != ConsumerGroupState.DEAD) {
                alive.add(group.groupId());
                moving.add(group.groupId());
            }
        }
        groups.keySet().retainAll(alive);
        groups.keySet().removeAll(classic);
        groups.putAll(ClassicGroups.memberships(admin, answers, classic));
        admin.describeConsumerGroups(stable).describedGroups().forEach((id, description) -> {
            try {
                groups.put(id, Membership.of(answers.await(description).members()));
            } catch (GroupIdNotFoundException gone) {
                groups.remove(id);
            }
        });
        return moving.stream().allMatch(group -> isElsewhere(group, topics));
    }

    private boolean isElsewhere(String group, Set<String> topics) {
        Membership last = groups.get(group);
        return last != null && !last.consumesAnyOf(topics);
    }

    /** Takes the members that the groups have now for those that they are meant to have. */
    void acceptMembers(Set<String> topics) {
        groupsOf(topics).forEach(group -> known.put(group, membership(group).members()));
    }

    /** Notes which groups have other members than before. */
    void noteMembers(Set<String> topics) {
        for (String group : groupsOf(topics)) {
            Set<String> members = membership(group).members();
            if (!members.equals(known.put(group, members))) {
                changed.put(group, System.nanoTime());
            }
        }
    }

    /**
     * Says which groups are rebalancing, or may do so again: one that has changed its members may have one among them that has gone, which
     * Kafka notices when its session ends. A group that has no members any more waits for nobody.
     *
     * @param topics the topics of interest
     * @param session how long a session of a group may last
     * @return these groups, in words
     */
    List<String> changing(Set<String> topics, Function<String, Duration> session) {
        refresh(topics);
        noteMembers(topics);
        List<String> changing = new ArrayList<>();
        for (String group : groupsOf(topics)) {
            Long since = changed.get(group);
            if (moving.contains(group)) {
                changing.add("group " + group + " is rebalancing");
            } else if (since != null
                    && System.nanoTime() - since < session.apply(group).toNanos()) {
                changing.add("group " + group + " has changed its members");
            }
        }
        return changing;
    }

    /** Says whether these groups have all joined. */
    boolean know(Set<String> names) {
        return groups.keySet().containsAll(names);
    }

    /** Says whether some group has been assigned all of these partitions. */
    boolean isConsumed(Collection<TopicPartition> partitions) {
        return groups.values().stream().anyMatch(group -> group.assigned().containsAll(partitions));
    }

    /** Says whether some group consumes this topic. */
    boolean isConsumed(String topic) {
        return groups.values().stream().anyMatch(group -> group.topics().contains(topic));
    }

    /** Returns the groups that consume any of these topics. */
    List<String> groupsOf(Set<String> topics) {
        return groups.keySet().stream()
                .filter(group -> membership(group).consumesAnyOf(topics))
                .toList();
    }

    /** Returns the topics by which groups of Kafka Streams that consume these topics send records to themselves, of another key. */
    List<String> internalTopics(Set<String> topics) {
        return groupsOf(topics).stream()
                .flatMap(group -> membership(group).topics().stream()
                        .filter(topic -> topic.startsWith(group + "-") && topic.endsWith(REPARTITION)))
                .toList();
    }

    /** Says whether a group speaks the newer protocol, whose consumers commit on a thread of their own if they do so automatically. */
    boolean speaksNewerProtocol(String group) {
        return newer.contains(group);
    }

    /** Returns the ids of the members of a group. */
    Set<String> membersOf(String group) {
        return membership(group).members();
    }

    private Membership membership(String group) {
        return groups.getOrDefault(group, Membership.of(List.of()));
    }

    /**
     * Compares what the groups have committed with what the partitions hold.
     *
     * @param topics the topics of interest
     * @param from where the records begin that count; what lies before is nobody's concern
     * @param bounds how long a group may stay behind records that may not be meant for it
     * @return the progress
     */
    Progress progress(Set<String> topics, Map<TopicPartition, Long> from, Bounds bounds) {
        List<String> consuming = groupsOf(topics);
        if (consuming.isEmpty()) {
            return new Progress(Map.of(), ends(from.keySet()), Map.of(), List.of());
        }
        Map<String, Map<TopicPartition, Long>> offsets = committed.of(consuming, from.keySet());
        Map<TopicPartition, Long> ends = ends(from.keySet());
        Progress progress = compare(consuming, offsets, from, ends, ends);
        return progress.behind().isEmpty()
                ? progress
                : compare(consuming, offsets, from, ends, records.ends(progress.committed(), from, ends, bounds));
    }

    private Progress compare(
            List<String> consuming,
            Map<String, Map<TopicPartition, Long>> offsets,
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> logs,
            Map<TopicPartition, Long> ends) {
        Map<String, Map<TopicPartition, Long>> committed = new TreeMap<>();
        Map<String, Map<TopicPartition, String>> lacking = new TreeMap<>();
        List<String> behind = new ArrayList<>();
        for (String group : consuming) {
            Set<String> consumed = membership(group).topics();
            Map<TopicPartition, Long> commits = offsets.getOrDefault(group, Map.of());
            Map<TopicPartition, Long> positions = new HashMap<>();
            ends.forEach((partition, end) -> {
                if (!consumed.contains(partition.topic())) {
                    return;
                }
                Long offset = commits.get(partition);
                long start = from.getOrDefault(partition, 0L);
                long position = offset == null ? start : Math.max(start, offset);
                positions.put(partition, position);
                if (position < end) {
                    String words = partition + ": group " + group + " has committed " + (position - start) + " of the "
                            + (end - start) + " records of this run" + (offset == null ? NEVER : "");
                    lacking.computeIfAbsent(group, none -> new HashMap<>()).put(partition, words);
                    behind.add(words);
                }
            });
            committed.put(group, positions);
        }
        Collections.sort(behind);
        return new Progress(committed, logs, lacking, behind);
    }

    /** Returns where groups begin to read that consume some topics, if partitions begin at some offsets. */
    Map<String, Map<TopicPartition, Long>> starts(Set<String> topics, Map<TopicPartition, Long> from) {
        Map<String, Map<TopicPartition, Long>> starts = new TreeMap<>();
        for (String group : groupsOf(topics)) {
            Map<TopicPartition, Long> begun = new HashMap<>(from);
            begun.keySet().removeIf(partition -> !membership(group).topics().contains(partition.topic()));
            starts.put(group, begun);
        }
        return starts;
    }

    /** Returns the offsets that the next records of some partitions will get. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return ends.of(partitions);
    }
}
