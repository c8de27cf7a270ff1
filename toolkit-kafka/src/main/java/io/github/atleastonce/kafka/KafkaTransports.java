package io.github.atleastonce.kafka;

import io.github.atleastonce.channel.Capabilities;
import io.github.atleastonce.channel.Confirmation;
import io.github.atleastonce.channel.Ordering;
import io.github.atleastonce.channel.Transport;
import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
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

    private final String bootstrapServers;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final Map<String, Consumer<byte[], byte[]>> consumers = new HashMap<>();
    private final Topics topics;
    private final GroupProgress groups;
    private final Set<String> consumed = new HashSet<>();
    private boolean clean;

    /**
     * Connects to a cluster.
     *
     * @param bootstrapServers where the cluster is, as host:port, separated by commas
     * @param topics the topics that the tested flow passes through; groups that consume one of them take part in settling
     */
    public KafkaTransports(String bootstrapServers, Collection<String> topics) {
        this.bootstrapServers = bootstrapServers;
        Map<String, Object> common = new HashMap<>();
        common.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        common.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, BACKOFF_MILLIS);
        this.admin = Admin.create(common);
        Map<String, Object> sending = new HashMap<>(common);
        sending.put(ProducerConfig.ACKS_CONFIG, "all");
        sending.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        this.producer = new KafkaProducer<>(sending, new ByteArraySerializer(), new ByteArraySerializer());
        this.topics = new Topics(admin);
        this.groups = new GroupProgress(admin);
        topics.forEach(this.topics::use);
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

    /** Ends the clients; the cluster lives on. */
    @Override
    public void close() {
        consumers.values().forEach(Consumer::close);
        producer.close();
        admin.close();
    }

    @Override
    public String toString() {
        return "on Kafka";
    }

    Producer<byte[], byte[]> producer() {
        return producer;
    }

    Topics topics() {
        return topics;
    }

    /** Returns where each partition ends before a run begins, and leaves no record of an earlier run to be consumed. */
    Map<TopicPartition, Long> begin() {
        groups.refresh();
        Map<TopicPartition, Long> ends = groups.ends(topics.all());
        if (!clean) {
            clearLeftovers(ends);
        }
        clean = true;
        return ends;
    }

    void ended(boolean settled) {
        clean &= settled;
    }

    Map<TopicPartition, Long> startOf(String topic) {
        return groups.ends(topics.partitionsOf(topic));
    }

    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return groups.ends(partitions);
    }

    GroupProgress.Progress progress(Map<TopicPartition, Long> from) {
        return groups.progress(topics.names(), from);
    }

    /** Waits until a group is assigned all partitions of a topic: what is published before that may be missed. */
    void awaitConsumer(String topic, Duration timeout) {
        List<TopicPartition> partitions = topics.partitionsOf(topic);
        if (groups.isConsumed(partitions)) {
            consumed.add(topic);
            return;
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            groups.forget();
            if (groups.refresh() && groups.isConsumed(partitions)) {
                consumed.add(topic);
                return;
            }
            if (System.nanoTime() > deadline) {
                throw nobody(topic, timeout);
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

    private void clearLeftovers(Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> all = new HashMap<>();
        ends.keySet().forEach(partition -> all.put(partition, 0L));
        long deadline = System.nanoTime() + LEFTOVERS.toNanos();
        while (!groups.progress(topics.names(), all).behind().isEmpty() && System.nanoTime() < deadline) {
            groups.refresh();
        }
        topics.deleteBefore(ends);
    }
}
