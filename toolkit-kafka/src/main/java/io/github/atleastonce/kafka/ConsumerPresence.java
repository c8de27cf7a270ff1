package io.github.atleastonce.kafka;

import io.github.atleastonce.explore.GoneException;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Bounds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/** The consumers that are there, those that come later than others, and those that have gone. */
final class ConsumerPresence {

    private final String bootstrapServers;
    private final Topics topics;
    private final GroupProgress groups;
    private final SlowCommits commits;
    private final Set<String> consumed = new HashSet<>();
    private final Set<String> served = new HashSet<>();
    private final Set<String> left = new HashSet<>();
    private final Set<String> gone = new TreeSet<>();
    private final Map<String, Long> lonely = new HashMap<>();
    private Set<String> hosted = Set.of();

    ConsumerPresence(String bootstrapServers, Topics topics, GroupProgress groups, SlowCommits commits) {
        this.commits = commits;
        this.bootstrapServers = bootstrapServers;
        this.topics = topics;
        this.groups = groups;
    }

    /** Returns the groups that consume a topic. */
    List<String> groupsOf(String topic) {
        return groups.groupsOf(Set.of(topic));
    }

    /** Returns the ids of the members of a group. */
    Set<String> membersOf(String group) {
        return groups.membersOf(group);
    }

    boolean speaksNewerProtocol(String group) {
        return groups.speaksNewerProtocol(group);
    }

    Deadline deadline(Bounds bounds) {
        gone.clear();
        return new Deadline(bounds, () -> gone.isEmpty() ? changing(bounds) : List.of());
    }

    /** Says what may be waiting for a member that has gone; whoever consumes other topics is not in the way. */
    private List<String> changing(Bounds bounds) {
        return groups.changing(
                topics.names(), group -> hosted.contains(group) ? bounds.sessionTimeout() : bounds.rebalanceTimeout());
    }

    /** Waits until a group is assigned all partitions of a topic: what is published before that may be missed. */
    void awaitConsumer(String topic, Bounds bounds) {
        List<TopicPartition> partitions = topics.partitionsOf(topic);
        if (groups.isConsumed(partitions)) {
            consumed.add(topic);
            followInternalTopics();
            return;
        }
        Deadline deadline = deadline(bounds);
        while (true) {
            if (groups.refresh(topics.names()) && groups.isConsumed(partitions)) {
                if (consumed.add(topic)) {
                    groups.acceptMembers(topics.names());
                }
                followInternalTopics();
                return;
            }
            if (deadline.isOver()) {
                throw nobody(topic, deadline);
            }
        }
    }

    private void followInternalTopics() {
        groups.internalTopics(topics.names()).forEach(topics::exists);
    }

    /** A listener that was there and has gone has most likely died of a fault; one that never came was never there. */
    private RuntimeException nobody(String topic, Deadline deadline) {
        if (consumed.contains(topic)) {
            return gone(deadline, List.of(gone(topic)));
        }
        return new UsageException(
                "No consumer group was assigned to the topic '" + topic + "' within " + deadline
                        + ": does a listener subscribe to it, and does it use the broker at " + bootstrapServers
                        + "? One that assigns its partitions itself is no member of a group, and nobody can tell when it is done.");
    }

    /** Waits until the groups of the application's own listeners have joined, whose sessions are as short as {@code sessionTimeout}. */
    void awaitGroups(Set<String> names, Bounds bounds) {
        hosted = names;
        Deadline deadline = deadline(bounds);
        while (!groups.know(names)) {
            groups.refresh(topics.names());
            if (deadline.isOver()) {
                throw new UsageException("The consumer groups " + names + " did not all join within " + deadline
                        + ": are their listeners started, and do they use the broker at " + bootstrapServers + "?");
            }
        }
    }

    /** Waits until groups whose members have died have members again: nobody else says that records wait for them. */
    void awaitReturn(Set<String> names, Bounds bounds) {
        Deadline deadline = deadline(bounds);
        groups.refresh(topics.names());
        while (!groups.know(names)) {
            groups.refresh(topics.names());
            if (deadline.isOver()) {
                throw new NotSettledException(
                        deadline.toString(), List.of("the groups " + names + ", whose members have died"));
            }
        }
    }

    /** Returns where the groups that are known begin to read in a run that begins at some offsets. */
    Map<String, Map<TopicPartition, Long>> starts(Map<TopicPartition, Long> from) {
        return groups.starts(topics.names(), from);
    }

    /** Returns the offsets that the next records of some partitions will get. */
    Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
        return groups.ends(partitions);
    }

    /**
     * Compares what the groups have committed with what the partitions hold. A listener may take {@code joinTimeout} to join after others have, which is asked once for each topic.
     * One that has gone is waited for longer under a fault: whoever goes without any goes by design.
     *
     * @param from where this run began
     * @param driven the topics that the run reads itself
     */
    GroupProgress.Progress progress(Map<TopicPartition, Long> from, Set<String> driven, Run run) {
        Bounds bounds = run.bounds();
        gone.clear();
        GroupProgress.Progress seen = groups.progress(topics.names(), from, bounds);
        commits.observe(seen);
        if (!seen.behind().isEmpty()) {
            return seen;
        }
        if (unread(seen.ends(), from, driven).isEmpty()) {
            topics.names().stream().filter(groups::isConsumed).forEach(served::add);
            return seen;
        }
        if (!groups.refresh(topics.names())) {
            return seen.but(List.of("a consumer group that is joining or rebalancing"));
        }
        seen = groups.progress(topics.names(), from, bounds);
        List<String> awaited = new ArrayList<>();
        for (String topic : unread(seen.ends(), from, driven)) {
            boolean wasServed = served.contains(topic) || consumed.contains(topic);
            long since = lonely.computeIfAbsent(topic, name -> System.nanoTime());
            if (wasServed && !left.contains(topic) && hasFaults(run)) {
                gone.add(topic);
                awaited.add(gone(topic));
            } else if (System.nanoTime() - since < bounds.joinTimeout().toNanos()) {
                awaited.add("the topic '" + topic + "', which no group consumes yet (" + Bound.JOIN_TIMEOUT.in(bounds)
                        + ")");
            } else if (wasServed) {
                left.add(topic);
            }
        }
        return seen.behind().isEmpty() ? seen.but(awaited) : seen;
    }

    private static boolean hasFaults(Run run) {
        return !run.schedule().trace().deviations().isEmpty();
    }

    private static String gone(String topic) {
        return "the topic '" + topic + "', whose consumers have all gone";
    }

    /** Makes what says that something is left, as it was told last, or who has gone, as the broker has told it since. */
    NotSettledException unsettled(Deadline deadline, List<String> behind, List<String> asTheBrokerSays) {
        return gone.isEmpty() ? new NotSettledException(deadline.toString(), behind) : gone(deadline, asTheBrokerSays);
    }

    private static NotSettledException gone(Deadline deadline, List<String> behind) {
        NotSettledException unsettled = new NotSettledException(deadline.toString(), behind);
        unsettled.initCause(new GoneException(String.join(", ", behind)));
        return unsettled;
    }

    /** Returns the topics with records of this run that no group is known to consume. */
    private Set<String> unread(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> from, Set<String> driven) {
        Set<String> unread = new TreeSet<>();
        ends.forEach((partition, end) -> {
            String topic = partition.topic();
            if (end > from.getOrDefault(partition, 0L) && !driven.contains(topic) && !groups.isConsumed(topic)) {
                unread.add(topic);
            }
        });
        return unread;
    }
}
