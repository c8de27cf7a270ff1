package io.github.atleastonce.kafka.broker;

import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Bounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ConsumerGroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Creates and deletes the topics of one broker, and waits until that is true for everybody. */
final class TopicProvisioning implements AutoCloseable {

    private static final Set<String> INTERNAL =
            Set.of("__consumer_offsets", "__transaction_state", "__share_group_state", "__cluster_metadata");
    private static final Pattern LAWFUL = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");
    private static final long PAUSE_NANOS = 1_000_000;

    /** By default a client turns in a busy loop while no broker is there; clients older than 3.8 do not know the setting. */
    private static final String METADATA_RECOVERY_STRATEGY = "metadata.recovery.strategy";

    private final String bootstrapServers;
    private final Bounds bounds;
    private @Nullable Admin admin;

    private TopicProvisioning(String bootstrapServers, Bounds bounds) {
        this.bootstrapServers = bootstrapServers;
        this.bounds = bounds;
    }

    /** Connects nowhere before it is first used: a client that knocks at a booting broker logs each refusal. */
    static TopicProvisioning at(String bootstrapServers, Bounds bounds) {
        return new TopicProvisioning(bootstrapServers, bounds);
    }

    /**
     * Connects now, to a broker that is said to be there.
     *
     * @throws org.apache.kafka.common.KafkaException if the address is none
     */
    TopicProvisioning connected() {
        admin();
        return this;
    }

    private synchronized Admin admin() {
        Admin present = admin;
        if (present == null) {
            present = connect(bootstrapServers);
            admin = present;
        }
        return present;
    }

    private static Admin connect(String bootstrapServers) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(AdminClientConfig.RETRY_BACKOFF_MS_CONFIG, 5L);
        properties.put(AdminClientConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 100L);
        properties.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 5L);
        properties.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 100L);
        properties.put(METADATA_RECOVERY_STRATEGY, "none");
        return Admin.create(properties);
    }

    void create(Map<String, Integer> partitions) {
        partitions.forEach(TopicProvisioning::mustBeLawful);
        List<NewTopic> topics = partitions.entrySet().stream()
                .map(topic -> new NewTopic(topic.getKey(), Optional.of(topic.getValue()), Optional.empty()))
                .toList();
        List<String> existing = new ArrayList<>();
        admin().createTopics(topics).values().forEach((name, created) -> {
            if (!isDone(created, name)) {
                existing.add(name);
            }
        });
        if (!existing.isEmpty()) {
            answer(admin().describeTopics(existing).allTopicNames())
                    .values()
                    .forEach(found -> mustMatch(found, partitions.getOrDefault(found.name(), 0)));
        }
        awaitLeaders(partitions);
    }

    void delete(Collection<String> names) {
        admin().deleteTopics(names).topicNameValues().values().forEach(deleted -> {
            try {
                answer(deleted);
            } catch (UnknownTopicOrPartitionException alreadyGone) {
                return;
            }
        });
    }

    /** Deletes all topics and groups, if nobody is left in a group: whoever joins it would have to wait for a member that was killed. */
    @SuppressWarnings({"deprecation", "removal"}) // the calls that clients 3.9 to 4.4 share
    boolean clear() {
        List<String> groups = new ArrayList<>();
        for (ConsumerGroupListing group : answer(admin().listConsumerGroups().all())) {
            ConsumerGroupState state = group.state().orElse(ConsumerGroupState.UNKNOWN);
            if (state != ConsumerGroupState.EMPTY && state != ConsumerGroupState.DEAD) {
                return false;
            }
            groups.add(group.groupId());
        }
        answer(admin().deleteConsumerGroups(groups).all());
        delete(answer(admin().listTopics().names()));
        return true;
    }

    /** Has the coordinator of consumer groups created, without waiting for it. */
    void provokeGroupCoordinator() {
        admin().listConsumerGroupOffsets("atleastonce-nobody");
    }

    /** Waits until the broker answers at all; says how many brokers there are. */
    int awaitAnswer(Duration timeout) throws ExecutionException, TimeoutException {
        return Patience.await(admin().describeCluster().nodes(), timeout).size();
    }

    /** Disconnects; whatever is asked next connects anew. */
    @Override
    public synchronized void close() {
        Admin present = admin;
        admin = null;
        if (present != null) {
            present.close(Duration.ZERO);
        }
    }

    /** Only a leader that serves its partition can say where it ends. */
    private void awaitLeaders(Map<String, Integer> partitions) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        partitions.forEach((name, count) -> {
            for (int partition = 0; partition < count; partition++) {
                ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
            }
        });
        long deadline = System.nanoTime() + bounds.brokerTimeout().toNanos();
        while (!areServed(partitions.keySet(), ends, deadline)) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** The client itself asks again where a leader is missing, but not where the broker has not heard of the topic yet. */
    private boolean areServed(Set<String> names, Map<TopicPartition, OffsetSpec> ends, long deadline) {
        try {
            // Asked for the ends at once, the client logs an error for each topic that the broker has not heard of.
            answer(admin().describeTopics(names).allTopicNames());
            answer(admin().listOffsets(ends).all());
            return true;
        } catch (UnknownTopicOrPartitionException unheard) {
            if (System.nanoTime() > deadline) {
                throw new BrokerUnavailableException(
                        "The broker at " + bootstrapServers + " created topics that it does not know after "
                                + Bound.BROKER_TIMEOUT.in(bounds) + ": " + unheard.getMessage(),
                        unheard);
            }
            return false;
        }
    }

    /** Lets a broker that has stopped register at once when it starts: else it would be refused until its session is over. */
    void unregister(int broker) {
        answer(admin().unregisterBroker(broker).all());
    }

    /** Waits until each partition there is, those of Kafka's own topics included, has a leader and is kept in so many places. */
    void awaitReplicas(int brokers) {
        long deadline = System.nanoTime() + bounds.brokerTimeout().toNanos();
        Optional<TopicPartition> lacking = lacking(brokers);
        while (lacking.isPresent()) {
            if (System.nanoTime() > deadline) {
                throw new BrokerUnavailableException("The brokers at " + bootstrapServers + " do not all have "
                        + lacking.get() + " after " + Bound.BROKER_TIMEOUT.in(bounds) + ".");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            lacking = lacking(brokers);
        }
    }

    private Optional<TopicPartition> lacking(int brokers) {
        Set<String> names = answer(
                admin().listTopics(new ListTopicsOptions().listInternal(true)).names());
        for (TopicDescription topic :
                answer(admin().describeTopics(names).allTopicNames()).values()) {
            for (TopicPartitionInfo partition : topic.partitions()) {
                if (partition.leader() == null || partition.isr().size() < brokers) {
                    return Optional.of(new TopicPartition(topic.name(), partition.partition()));
                }
            }
        }
        return Optional.empty();
    }

    private boolean isDone(KafkaFuture<Void> created, String name) {
        try {
            answer(created);
            return true;
        } catch (TopicExistsException exists) {
            return false;
        }
    }

    private static void mustBeLawful(String name, int partitions) {
        if (!LAWFUL.matcher(name).matches()) {
            throw new UsageException("A topic cannot be named '" + name
                    + "': Kafka wants from 1 to 249 letters, digits, dots, underscores and hyphens.");
        }
        if (INTERNAL.contains(name)) {
            throw new UsageException("A topic cannot be named '" + name + "': Kafka keeps its own records there.");
        }
        if (partitions < 1) {
            throw new UsageException("Topic '" + name + "' wants at least 1 partition, but got " + partitions + ".");
        }
    }

    private static void mustMatch(TopicDescription found, int wanted) {
        if (found.partitions().size() != wanted) {
            throw new UsageException("Topic '" + found.name() + "' exists with "
                    + found.partitions().size() + " partitions, but " + wanted
                    + " are wanted: use one number, or another name.");
        }
    }

    private <T> T answer(KafkaFuture<T> future) {
        try {
            return Patience.await(future, bounds.brokerTimeout());
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new BrokerUnavailableException("The broker at " + bootstrapServers + " failed.", failed.getCause());
        } catch (TimeoutException silent) {
            throw new BrokerUnavailableException(
                    "The broker at " + bootstrapServers + " gave no answer within " + Bound.BROKER_TIMEOUT.in(bounds)
                            + ": is it up?",
                    silent);
        }
    }
}
