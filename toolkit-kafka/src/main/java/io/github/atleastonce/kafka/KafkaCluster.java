package io.github.atleastonce.kafka;

import io.github.atleastonce.channel.Capabilities;
import io.github.atleastonce.channel.Confirmation;
import io.github.atleastonce.channel.Ordering;
import io.github.atleastonce.channel.Transport;
import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.explore.DisturbedException;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A Kafka cluster that runs take place on, with the clients that outlive a run. Runs follow each other; they do not overlap. Not thread-safe.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class KafkaCluster implements TransportFactory, AutoCloseable {

    private static final Capabilities CAPABILITIES = withFaults(Fault.REBALANCE);

    private static final Capabilities BEHIND_A_PROXY = withFaults(
            Fault.REDELIVERY,
            Fault.DROP,
            Fault.SEND_FAILED,
            Fault.SEND_UNCERTAIN,
            Fault.COMMIT_FAILED,
            Fault.REBALANCE,
            Fault.BROKER_UNAVAILABLE);

    /** One fault, since a run costs milliseconds here and not microseconds. */
    private static final Bounds BOUNDS = Bounds.DEFAULT.withMaxFaults(1);

    /** Slower than a commit that somebody waits for. */
    private static final Duration SLOW = Duration.ofSeconds(1);

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final String bootstrapServers;
    private final Bounds bounds;
    private final Answers answers;
    private final Clients clients;
    private final Topics topics;
    private final RecordEnds records;
    private final ConsumerPresence consumers;
    private final PartitionBaseline baseline;
    private final @Nullable FaultProxy proxy;

    /**
     * Connects to a cluster.
     *
     * @param bootstrapServers where the cluster is, as host:port, separated by commas
     * @param topics the topics that the tested flow passes through; groups that consume one of them take part in settling,
     *     and records that a run has left behind are deleted from them
     * @throws UsageException if the address is not one, or a topic does not exist
     * @throws DisturbedException if the broker does not answer within the bound {@code brokerTimeout}
     */
    public KafkaCluster(String bootstrapServers, Collection<String> topics) {
        this(bootstrapServers, topics, BOUNDS);
    }

    KafkaCluster(String bootstrapServers, Collection<String> topics, Bounds bounds) {
        this.bootstrapServers = bootstrapServers;
        this.bounds = bounds;
        this.answers = new Answers(bootstrapServers, bounds);
        this.clients = new Clients(bootstrapServers, answers);
        this.topics = new Topics(clients.admin(), answers);
        this.records = new RecordEnds(clients);
        GroupProgress groups = new GroupProgress(clients, answers, records);
        SlowCommits commits = new SlowCommits(SLOW, LoggerFactory.getLogger(KafkaCluster.class)::info);
        this.consumers = new ConsumerPresence(bootstrapServers, this.topics, groups, commits);
        this.baseline = new PartitionBaseline(clients, this.topics, groups);
        this.proxy = null;
        try {
            topics.forEach(this.topics::use);
        } catch (RuntimeException unusable) {
            clients.close(Duration.ZERO);
            throw unusable;
        }
    }

    private KafkaCluster(KafkaCluster other, PartitionBaseline baseline, @Nullable FaultProxy proxy) {
        this.bootstrapServers = other.bootstrapServers;
        this.bounds = other.bounds;
        this.answers = other.answers;
        this.clients = other.clients;
        this.topics = other.topics;
        this.records = other.records;
        this.consumers = other.consumers;
        this.baseline = baseline;
        this.proxy = proxy;
    }

    /**
     * Deletes no records. For a cluster that serves others than this test: what an unsettled run has left behind may then reach a listener
     * of a later one.
     *
     * @return the same cluster with the same clients, for use in place of this object
     */
    public KafkaCluster sparingRecords() {
        return new KafkaCluster(this, baseline.sparingRecords(), proxy);
    }

    /**
     * Returns a cluster whose clients come by a proxy, so that faults happen to what they send, commit and consume; with the same clients of its
     * own, which do not come by it.
     *
     * @param before a proxy before this cluster
     * @return the cluster
     */
    public KafkaCluster behind(FaultProxy before) {
        return new KafkaCluster(this, baseline, before);
    }

    @Override
    public Capabilities capabilities() {
        return proxy == null ? CAPABILITIES : BEHIND_A_PROXY;
    }

    /** What an unreadable record does is up to the error handlers of the listeners, and by default many of them loop. */
    @Override
    public Set<Fault> onlyIfNamed() {
        return Set.of(Fault.POISON);
    }

    /** Behind a proxy each group rebalances, those of the application, too. */
    @Override
    public Set<Fault> amongNodes() {
        return proxy == null ? Set.of(Fault.REBALANCE, Fault.PAUSE) : Set.of(Fault.PAUSE);
    }

    /** Consumers of Spring's listeners commit within the run; those behind the proxy do anyway. */
    @Override
    public Set<Fault> inContexts() {
        return proxy == null ? Set.of(Fault.REDELIVERY, Fault.COMMIT_FAILED) : Set.of();
    }

    @Override
    public Bounds bounds() {
        return bounds;
    }

    @Override
    public Transport open(Run run) {
        answers.within(run.bounds());
        run.belonging(KafkaCluster.class, any -> this);
        return new KafkaTransport(run, this);
    }

    /**
     * Returns the cluster that a run takes place on.
     *
     * @param run the run
     * @return the cluster, or empty if the run takes place elsewhere
     */
    public static Optional<KafkaCluster> of(Run run) {
        return run.belonging(KafkaCluster.class);
    }

    /**
     * Returns where the cluster is.
     *
     * @return as it was given
     */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * Says whether a client is certainly at another cluster.
     *
     * @param servers the {@code bootstrap.servers} of the client
     * @return false if one of the addresses is of this cluster, and always if this cluster serves others, too, who may know it by other addresses
     */
    public boolean isElsewhere(String servers) {
        String ours = proxy == null ? bootstrapServers : bootstrapServers + "," + proxy.bootstrapServers();
        return !baseline.isSparing() && Collections.disjoint(addresses(ours), addresses(servers));
    }

    /** What happens by itself where the test publishes, and what more happens behind a proxy. */
    private static Capabilities withFaults(Fault... more) {
        Set<Fault> faults =
                EnumSet.of(Fault.DUPLICATE, Fault.REORDER, Fault.DELAY, Fault.POISON, Fault.CRASH, Fault.PAUSE);
        faults.addAll(List.of(more));
        return new Capabilities(Set.copyOf(faults), Ordering.PARTITION, Confirmation.WHEN_QUIET, true);
    }

    private static Set<String> addresses(String servers) {
        return Stream.of(servers.split(","))
                .map(address -> address.strip().replace("localhost:", "127.0.0.1:"))
                .collect(Collectors.toSet());
    }

    /**
     * Names the topics that the tested flow passes through.
     *
     * @return the names
     */
    public Set<String> topicNames() {
        return Set.copyOf(topics.names());
    }

    /**
     * Takes one more topic into account, if it exists: one that the application reads, such as a retry or dead letter topic.
     *
     * @param topic the name
     * @return how many partitions it has, 0 if it does not exist
     */
    public int follow(String topic) {
        return topics.exists(topic) ? topics.use(topic) : 0;
    }

    /**
     * Deletes all records of the topics, so that whoever uses them next does not see what was sent here.
     *
     * @throws DisturbedException if the broker does not answer within the bound {@code brokerTimeout}
     */
    public void deleteRecords() {
        baseline.deleteRecords();
    }

    /** Ends the clients; the cluster lives on. */
    @Override
    public void close() {
        clients.close(answers.areMissing() ? Duration.ZERO : CLOSING);
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

    Optional<FaultProxy> proxy() {
        return Optional.ofNullable(proxy);
    }

    RecordEnds records() {
        return records;
    }

    ConsumerPresence consumers() {
        return consumers;
    }

    PartitionBaseline baseline() {
        return baseline;
    }
}
