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
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes the transports of runs on one Kafka cluster, and keeps the clients that outlive a run. Runs follow each other; they do
 * not overlap. Not thread-safe.
 */
public final class KafkaTransports implements TransportFactory, AutoCloseable {

    private static final Capabilities CAPABILITIES = new Capabilities(
            Set.of(Fault.DUPLICATE, Fault.REORDER, Fault.DELAY, Fault.POISON),
            Ordering.PARTITION,
            Confirmation.WHEN_QUIET,
            true);

    /** One fault, since a run costs milliseconds here and not microseconds. */
    private static final Bounds BOUNDS = Bounds.DEFAULT.withMaxFaults(1);

    private static final int BACKOFF_MILLIS = 5;
    private static final int FETCH_WAIT_MILLIS = 20;
    private static final Duration LEFTOVERS = Duration.ofSeconds(2);

    /** How long a listener may take to join after others have; asked once for each topic. */
    private static final Duration LATECOMERS = Duration.ofSeconds(3);

    private final String bootstrapServers;
    private final Answers answers;
    private final Answers soon;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final Map<String, Consumer<byte[], byte[]>> consumers = new HashMap<>();
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
        Map<String, Object> common = new HashMap<>();
        common.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        common.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, BACKOFF_MILLIS);
        this.admin = admin(common);
        Map<String, Object> sending = new HashMap<>(common);
        sending.put(ProducerConfig.ACKS_CONFIG, "all");
        sending.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        sending.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, answers.millis());
        sending.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, answers.millis());
        sending.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, answers.millis());
        this.producer = new KafkaProducer<>(sending, new ByteArraySerializer(), new ByteArraySerializer());
        this.topics = new Topics(admin, soon);
        this.groups = new GroupProgress(admin, answers);
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

    private static Admin admin(Map<String, Object> settings) {
        try {
            return Admin.create(settings);
        } catch (KafkaException unusable) {
            Throwable cause = unusable.getCause() == null ? unusable : unusable.getCause();
            throw new UsageException(
                    "The address of a Kafka cluster is wanted as host:port, but is '"
                            + settings.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG) + "': " + cause.getMessage(),
                    unusable);
        }
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
            producer.flush();
            topics.deleteBefore(groups.ends(topics.all(), soon), soon);
        } catch (DisturbedException away) {
            closing = Duration.ZERO;
            throw away;
        }
    }

    /** Ends the clients; the cluster lives on. */
    @Override
    @SuppressWarnings("deprecation") // the call that clients 3.9 to 4.4 share
    public void close() {
        consumers.values().forEach(consumer -> consumer.close(closing));
        producer.close(closing);
        admin.close(closing);
    }

    @Override
    public String toString() {
        return "on Kafka";
    }

    Producer<byte[], byte[]> producer() {
        return producer;
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

    /** A consumer without a group: the run keeps the positions of its own services. */
    Consumer<byte[], byte[]> consumer(String service, String topic) {
        return consumers.computeIfAbsent(service + "<" + topic, name -> {
            Map<String, Object> reading = new HashMap<>();
            reading.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
            reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            reading.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
            reading.put(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, BACKOFF_MILLIS);
            return new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        });
    }

    private GroupProgress.Progress clearLeftovers() {
        producer.flush();
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
