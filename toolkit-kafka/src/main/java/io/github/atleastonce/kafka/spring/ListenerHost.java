package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.History;
import io.github.atleastonce.kafka.KafkaCluster;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.spring.ContextLives;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.RecordInterceptor;
import org.springframework.kafka.retrytopic.DestinationTopicContainer;
import org.springframework.kafka.support.TopicPartitionOffset;

/** One listener container, whose threads take part in runs. An error stops it, as a crash wants; it is started again here. */
final class ListenerHost implements NodeSeat {

    private static final String FETCH_MILLIS = "10";
    private static final String HEARTBEAT_MILLIS = "50";
    private static final long ACK_MILLIS = 1;

    private final AbstractMessageListenerContainer<?, ?> container;
    private final String group;
    private final ContainerConsumers consumers;
    private boolean prepared;
    private boolean isToRun;
    private boolean cut;
    private boolean stopped;
    private volatile @Nullable Lifetime life;
    private int allPartitions;
    private volatile boolean away;
    private volatile boolean joining;
    private final AtomicInteger assignments = new AtomicInteger();

    private ListenerHost(AbstractMessageListenerContainer<?, ?> container) {
        this.container = container;
        this.group = Objects.requireNonNull(container.getGroupId());
        this.consumers = new ContainerConsumers(container);
    }

    static boolean suits(AbstractMessageListenerContainer<?, ?> container) {
        return container.getGroupId() != null && !ContainerInternals.commitsAutomatically(container);
    }

    /** Lays interceptors over those that the container has. */
    static ListenerHost over(
            AbstractMessageListenerContainer<?, ?> container,
            ContextLives lives,
            PollingThreads polling,
            ObjectProvider<DestinationTopicContainer> retryTopics) {
        ListenerHost host = new ListenerHost(container);
        RetryDelay delay = new RetryDelay(container, retryTopics);
        host.intercept(
                container,
                new ListenerTasks(host, host.consumers, new ContainerTraits(container), lives, polling, delay));
        BackOffOnClock.install(container.getCommonErrorHandler(), lives);
        BackOffOnClock.install(container.getAfterRollbackProcessor(), lives);
        return host;
    }

    /** The container is of one life only, as its context is; that of a node joins its group when it is told to, under an id of its own. */
    void belongTo(Lifetime only, boolean onKafka) {
        life = only;
        if (only.isNode()) {
            if (!onKafka) {
                throw new UsageException("The listener of group '" + group + "' in '" + only.service()
                        + "' reads from Kafka, and this run takes place elsewhere: is @KafkaBroker missing?");
            }
            container.setAutoStartup(false);
            consumers.beOne();
            away = true;
            String protocol = ContainerInternals.setting(container, ConsumerConfig.GROUP_PROTOCOL_CONFIG);
            if ("consumer".equalsIgnoreCase(protocol)) {
                throw new UsageException(
                        "The listener of group '" + group + "' has group.protocol=consumer, and nodes "
                                + "want the classic protocol, in which a broker can be told to forget one of them: leave that setting out in this test.");
            }
            container
                    .getContainerProperties()
                    .getKafkaConsumerProperties()
                    .setProperty(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance());
        }
    }

    @Override
    public Optional<Lifetime> life() {
        return Optional.ofNullable(life);
    }

    @Override
    public String subscriber(Lifetime of) {
        return of.isNode() ? group + of.service().substring(of.group().length()) : group;
    }

    /** Returns the ids under which the broker may know the member. */
    List<String> instances() {
        return List.of(instance(), instance() + "-0", instance() + "-1");
    }

    /** Nodes come in their order, and several listeners of one each have their own. */
    private String instance() {
        String service = life().map(Lifetime::service).orElse("");
        return (service + "-" + container.getListenerId()).replaceAll("[^A-Za-z0-9._-]+", "-");
    }

    /** The group goes on without this member, which comes back when it is told to. */
    void fallOut() {
        away = true;
    }

    @Override
    public boolean fallsOut(Run run, Cause next) {
        return life().filter(Lifetime::isNode).isPresent()
                && SharingNodes.of(run).offersToFallOut(this, next);
    }

    @Override
    public boolean isAway() {
        return away;
    }

    /** Lets it join its group, for the first time or again. */
    void comeBack() {
        away = false;
        if (!container.isRunning()) {
            container.start();
        }
    }

    /** The group finds out who reads what: meanwhile nobody goes on with what he has. */
    void findOut(boolean now) {
        if (now) {
            assignments.incrementAndGet();
        }
        joining = now;
    }

    @Override
    public int assignments() {
        return assignments.get();
    }

    @Override
    public boolean isJoining() {
        return joining;
    }

    /** How many partitions all members of its group read together; known once the container was prepared. */
    int allPartitions() {
        return allPartitions;
    }

    /** Names the partitions that it reads. */
    Set<TopicPartition> assigned() {
        return consumers.assigned();
    }

    @Override
    public boolean comesFor(String partition) {
        return life().filter(Lifetime::isNode).isEmpty()
                || assigned().stream().anyMatch(each -> each.toString().equals(partition));
    }

    /** Lets the container work so that runs repeat, from the first run on; tests without runs see it as it is. */
    void prepare(Bounds bounds, IntSupplier partitions) {
        if (prepared) {
            return;
        }
        prepared = true;
        isToRun = container.isRunning();
        if (isToRun) {
            awaitJoined(bounds);
            container.stop();
            awaitStopped(bounds);
        }
        consumers.limitTo(partitions.getAsInt());
        configure(bounds);
        if (isToRun) {
            consumers.start(bounds.joinTimeout());
        }
    }

    /** A consumer that stops in the middle of joining holds its group up until its session ends. */
    private synchronized void awaitJoined(Bounds bounds) {
        long deadline = System.nanoTime() + bounds.joinTimeout().toNanos();
        while (!consumers.haveJoined() && System.nanoTime() < deadline) {
            pause();
        }
    }

    private void configure(Bounds bounds) {
        // What commits by the clock or by a number only would not have committed when all is handled.
        container.getContainerProperties().setAckCount(1);
        container.getContainerProperties().setAckTime(ACK_MILLIS);
        // Nobody has anything in hand meanwhile.
        container.getContainerProperties().setIdleBetweenPolls(0);
        Properties consuming = container.getContainerProperties().getKafkaConsumerProperties();
        // A fetch that waits at the broker leaves out the partition whose record is in hand, and closing waits for it,
        // too: 500 ms.
        consuming.setProperty(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_MILLIS);
        if (!"consumer".equalsIgnoreCase(ContainerInternals.setting(container, ConsumerConfig.GROUP_PROTOCOL_CONFIG))) {
            // One that stops without leaving, as in the middle of joining, holds its group up until its session ends,
            // 45 s by
            // default.
            consuming.setProperty(
                    ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                    Long.toString(bounds.sessionTimeout().toMillis()));
            // Consumers of other containers in the group learn by their heartbeats that one has gone or come back.
            consuming.setProperty(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
        }
    }

    @SuppressWarnings("unchecked")
    private <K, V> void intercept(AbstractMessageListenerContainer<K, V> open, ListenerTasks tasks) {
        RecordInterceptor<K, V> ofRecords = ContainerInternals.interceptor(open, RecordInterceptor.class);
        open.setRecordInterceptor(new RecordTasks<>(tasks, ofRecords));
        BatchInterceptor<K, V> ofBatches = ContainerInternals.interceptor(open, BatchInterceptor.class);
        open.setBatchInterceptor(new BatchTasks<>(tasks, ofBatches));
    }

    /** Lets the claim say in what the container differs from what the application has asked for, and whether its batches were any. */
    void remark(History history, String service) {
        consumers.remark(group).ifPresent(history.caveats()::remark);
        if (new ContainerTraits(container).isOfBatches()) {
            history.has(new Batch(service, group));
        }
    }

    @Override
    public String name() {
        return group;
    }

    /** Names the topics that the container subscribes to by name. */
    List<String> topics() {
        String[] topics = container.getContainerProperties().getTopics();
        return topics == null ? List.of() : List.of(topics);
    }

    /** Counts the partitions of the topic that has most of them, of those that the container listens to. */
    int partitions(KafkaCluster cluster) {
        int[] counts = Stream.concat(
                        topics().stream(), cluster.topicNames().stream().filter(this::reads))
                .distinct()
                .mapToInt(cluster::follow)
                .toArray();
        allPartitions = IntStream.of(counts).sum();
        return IntStream.of(counts).max().orElse(1);
    }

    @Override
    public boolean reads(String channel) {
        return reads(container, channel);
    }

    @Override
    public boolean comesForBoth(String partition, String other) {
        return reads(partition.substring(0, partition.lastIndexOf('-')))
                && reads(other.substring(0, other.lastIndexOf('-')))
                && consumers.isReadByTheSame(partition, other)
                && comesFor(other);
    }

    /** Says whether several of its threads may be at work at the same time. */
    static boolean isConcurrent(AbstractMessageListenerContainer<?, ?> container) {
        return container instanceof ConcurrentMessageListenerContainer<?, ?> several && several.getConcurrency() > 1;
    }

    /** Says whether a container listens to a topic. */
    static boolean reads(AbstractMessageListenerContainer<?, ?> container, String channel) {
        ContainerProperties listening = container.getContainerProperties();
        Pattern pattern = listening.getTopicPattern();
        String[] topics = listening.getTopics();
        TopicPartitionOffset[] partitions = listening.getTopicPartitions();
        return pattern != null && pattern.matcher(channel).matches()
                || topics != null && List.of(topics).contains(channel)
                || partitions != null
                        && Stream.of(partitions)
                                .anyMatch(partition -> partition.getTopic().equals(channel));
    }

    /**
     * Says whether the container listens to another cluster than that of the test, and so takes no part.
     *
     * @throws UsageException if it is meant to listen to that of the test
     */
    boolean isElsewhere(KafkaCluster cluster) {
        String servers = ContainerInternals.servers(container);
        if (servers.isEmpty() || !cluster.isElsewhere(servers)) {
            return false;
        }
        cluster.topicNames().stream().filter(this::reads).findFirst().ifPresent(topic -> {
            throw new UsageException(
                    "The listener of group '" + group + "' reads '" + topic + "' from the Kafka broker at " + servers
                            + ", and this test uses the one at " + cluster.bootstrapServers()
                            + ": let it take its address from the property spring.kafka.bootstrap-servers.");
        });
        return true;
    }

    @Override
    public synchronized void cut() {
        if (!cut && container.isRunning()) {
            stopped = false;
        }
        cut = true;
    }

    @Override
    public synchronized boolean isCut() {
        return cut;
    }

    /** Takes note that a thread of the container begins. */
    synchronized void begins() {
        stopped = false;
    }

    /** Takes note that all threads of the container have ended. */
    synchronized void stopped() {
        stopped = true;
        notifyAll();
    }

    /** A container may be left to the application to start. */
    boolean isStarted() {
        return container.isRunning();
    }

    /** Says whether other threads acknowledge what was handed to the listener, when they are done with it. */
    boolean acknowledgesElsewhere() {
        return new ContainerTraits(container).acknowledgesElsewhere();
    }

    /** Starts the container for the next life, if the one before was cut, or the application has stopped it. */
    void restart(Bounds bounds) {
        if (acknowledgesElsewhere() && container.isRunning()) {
            // What is in the hands of other threads is acknowledged by nobody in the next life.
            cut();
            container.stop();
        }
        if (isCut() || isToRun && !container.isRunning()) {
            if (!awaitStopped(bounds)) {
                throw new IllegalStateException("The listener container of group '" + group + "' did not stop within "
                        + Bound.STOP_TIMEOUT.in(bounds) + ".");
            }
            synchronized (this) {
                cut = false;
            }
            consumers.start(bounds.joinTimeout());
        }
    }

    private synchronized boolean awaitStopped(Bounds bounds) {
        long deadline = System.nanoTime() + bounds.stopTimeout().toNanos();
        while (!stopped && System.nanoTime() < deadline) {
            pause();
        }
        return stopped;
    }

    private void pause() {
        try {
            wait(20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a listener container stopped.", interrupted);
        }
    }
}
