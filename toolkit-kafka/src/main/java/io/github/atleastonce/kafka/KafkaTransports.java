package io.github.atleastonce.kafka;

import io.github.atleastonce.channel.Capabilities;
import io.github.atleastonce.channel.Confirmation;
import io.github.atleastonce.channel.Ordering;
import io.github.atleastonce.channel.Transport;
import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.run.DisturbedException;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes the transports of runs on one Kafka cluster, and keeps the clients that outlive a run. Runs follow each other; they do
 * not overlap. Not thread-safe.
 */
public final class KafkaTransports implements TransportFactory, AutoCloseable {

    private static final Capabilities CAPABILITIES = new Capabilities(
            Set.of(Fault.DUPLICATE, Fault.REORDER, Fault.DELAY, Fault.POISON, Fault.CRASH),
            Ordering.PARTITION,
            Confirmation.WHEN_QUIET,
            true);

    /** One fault, since a run costs milliseconds here and not microseconds. */
    private static final Bounds BOUNDS = Bounds.DEFAULT.withMaxFaults(1);

    private static final Duration LEFTOVERS = Duration.ofSeconds(2);

    /** How long a listener may take to join after others have; asked once for each topic. */
    private static final Duration LATECOMERS = Duration.ofSeconds(3);

    private final String bootstrapServers;
    private final Answers answers;
    private final Answers soon;
    private final Clients clients;
    private final Topics topics;
    private final GroupProgress groups;
    private final Set<String> consumed = new HashSet<>();
    private final Map<TopicPartition, Long> begun = new HashMap<>();
    private final Map<String, Long> lonely = new HashMap<>();
    private Duration closing = Duration.ofSeconds(5);
    private boolean clean;
    private boolean sparing;

    /**
     * Connects to a cluster.
     *
     * @param bootstrapServers where the cluster is, as host:port, separated by commas
     * @param topics the topics that the tested flow passes through; groups that consume one of them take part in settling,
     *     and records that a run has left behind are deleted from them
     * @throws UsageException if the address is not one, or a topic does not exist
     * @throws DisturbedException if the broker does not answer within 10 s
     */
    public KafkaTransports(String bootstrapServers, Collection<String> topics) {
        this(bootstrapServers, topics, Answers.patient(), Answers.soon());
    }

    KafkaTransports(String bootstrapServers, Collection<String> topics, Answers answers, Answers soon) {
        this.answers = answers;
        this.soon = soon;
        this.bootstrapServers = bootstrapServers;
        this.clients = new Clients(bootstrapServers, answers.millis());
        this.topics = new Topics(clients.admin(), soon);
        this.groups = new GroupProgress(clients.admin(), answers);
        try {
            topics.forEach(this.topics::use);
        } catch (RuntimeException unusable) {
            closing = Duration.ZERO;
            close();
            throw unusable;
        }
    }

    /**
     * Deletes no records from now on. For a cluster that serves others than this test: what an unsettled run has left behind may
     * then reach a listener of a later one.
     *
     * @return this object
     */
    public KafkaTransports sparingRecords() {
        sparing = true;
        return this;
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Bounds bounds() {
        return BOUNDS;
    }

    @Override
    public Transport open(Run run) {
        return new KafkaTransport(run, this);
    }

    /**
     * Deletes all records of the topics, so that whoever uses them next does not see what was sent here.
     *
     * @throws DisturbedException if the broker does not answer within 10 s
     */
    public void deleteRecords() {
        if (sparing) {
            return;
        }
        try {
            groups.ends(topics.all(), soon);
            clients.producer().flush();
            topics.deleteBefore(groups.ends(topics.all(), soon), soon);
        } catch (DisturbedException away) {
            closing = Duration.ZERO;
            throw away;
        }
    }

    /** Ends the clients; the cluster lives on. */
    @Override
    public void close() {
        clients.close(closing);
    }

    @Override
    public String toString() {
        return "on Kafka";
    }

    Clients clients() {
        return clients;
    }

    Answers answers() {
        return answers;
    }

    Topics topics() {
        return topics;
    }

    /** Returns where each partition ends before a run begins, and leaves no record of an earlier run to be consumed. */
    Map<TopicPartition, Long> begin() {
        awaitStable();
        if (begun.isEmpty()) {
            groups.acceptMembers(topics.names());
        } else {
            groups.noteMembers(topics.names());
        }
        topics.all().forEach(partition -> begun.putIfAbsent(partition, 0L));
        GroupProgress.Progress before = groups.progress(topics.names(), begun);
        if (!clean || !before.behind().isEmpty()) {
            before = clearLeftovers();
        }
        clean = true;
        begun.putAll(before.ends());
        return before.ends();
    }

    /** A group that is joining is not known to consume anything yet; one that stays so for long must not stop all runs. */
    private void awaitStable() {
        long deadline = System.nanoTime() + LEFTOVERS.toNanos();
        while (!groups.refresh(topics.names()) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    /** What still moves is waited for now: before the next run begins, a test brings its state back to the beginning. */
    void ended(boolean settled) {
        clean &= settled;
        if (!settled && !answers.areMissing()) {
            try {
                clearLeftovers();
                clean = true;
            } catch (DisturbedException | KafkaException away) {
                return; // The run has its result already, and the next one will see.
            }
        }
    }

    Map<TopicPartition, Long> startOf(String topic) {
        return groups.ends(topics.partitionsOf(topic));
    }

    /**
     * Compares what the groups have committed with what the partitions hold.
     *
     * @param from where this run began
     * @param driven the topics that the run reads itself
     */
    GroupProgress.Progress progress(Map<TopicPartition, Long> from, Set<String> driven) {
        GroupProgress.Progress seen = groups.progress(topics.names(), from);
        if (!seen.behind().isEmpty() || unread(seen.ends(), from, driven).isEmpty()) {
            return seen;
        }
        if (!groups.refresh(topics.names())) {
            return seen.but(List.of("a consumer group that is joining or rebalancing"));
        }
        seen = groups.progress(topics.names(), from);
        List<String> awaited = new ArrayList<>();
        for (String topic : unread(seen.ends(), from, driven)) {
            if (System.nanoTime() < lonely.computeIfAbsent(topic, name -> System.nanoTime() + LATECOMERS.toNanos())) {
                awaited.add("the topic '" + topic + "', which no group consumes yet");
            }
        }
        return seen.behind().isEmpty() ? seen.but(awaited) : seen;
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

    /** Returns the groups that consume a topic. */
    List<String> groupsOf(String topic) {
        return groups.groupsOf(Set.of(topic));
    }

    /** Waits until a group is assigned all partitions of a topic: what is published before that may be missed. */
    void awaitConsumer(String topic, Duration timeout) {
        List<TopicPartition> partitions = topics.partitionsOf(topic);
        if (groups.isConsumed(partitions)) {
            consumed.add(topic);
            return;
        }
        Deadline deadline = deadline(timeout);
        while (true) {
            if (groups.refresh(topics.names()) && groups.isConsumed(partitions)) {
                if (consumed.add(topic)) {
                    groups.acceptMembers(topics.names());
                }
                return;
            }
            if (deadline.isOver()) {
                throw nobody(topic, timeout);
            }
        }
    }

    Deadline deadline(Duration time) {
        return new Deadline(time, () -> groups.changing(topics.names()));
    }

    /** Waits until groups that are known to be at work have joined. */
    void awaitGroups(Set<String> names, Duration timeout) {
        Deadline deadline = deadline(timeout);
        while (!groups.know(names)) {
            groups.refresh(topics.names());
            if (deadline.isOver()) {
                throw new UsageException("The consumer groups " + names + " did not all join within " + timeout
                        + " (settleTimeout): are their listeners started, and do they use the broker at "
                        + bootstrapServers
                        + "?");
            }
        }
    }

    /** A listener that was there and has gone has most likely died of a fault; one that never came was never there. */
    private RuntimeException nobody(String topic, Duration timeout) {
        if (consumed.contains(topic)) {
            return new NotSettledException(
                    "settleTimeout = " + timeout, List.of("the topic '" + topic + "', whose consumers have all gone"));
        }
        return new UsageException("No consumer group was assigned to the topic '" + topic + "' within " + timeout
                + " (settleTimeout): does a listener subscribe to it, and does it use the broker at "
                + bootstrapServers + "?");
    }

    private GroupProgress.Progress clearLeftovers() {
        clients.producer().flush();
        Map<TopicPartition, Long> all = new HashMap<>();
        topics.all().forEach(partition -> all.put(partition, 0L));
        long deadline = System.nanoTime() + LEFTOVERS.toNanos();
        GroupProgress.Progress now = groups.progress(topics.names(), all);
        while (!now.behind().isEmpty() && System.nanoTime() < deadline) {
            groups.refresh(topics.names());
            now = groups.progress(topics.names(), all);
        }
        if (!sparing) {
            topics.deleteBefore(now.ends(), answers);
        }
        return now;
    }
}
