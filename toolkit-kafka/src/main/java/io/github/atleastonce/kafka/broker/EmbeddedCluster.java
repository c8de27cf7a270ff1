package io.github.atleastonce.kafka.broker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/**
 * Several real Kafka brokers in this JVM, on loopback, and a controller beside them. Each of them keeps everything, so any may go. Its restart is that of a cluster that is kept
 * up: one broker after another is stopped and started again, and leaders and coordinators move each time.
 *
 * <p>Close it; a JVM that exits without that ends it too, and deletes its files. Safe for use by several threads.
 */
final class EmbeddedCluster implements Broker {

    private static final int START_ATTEMPTS = 3;

    private final List<ClusterMember> members;
    private final List<ClusterMember> brokers;
    private final TopicProvisioning topics;
    private final ExitHook atExit;
    private boolean closed;

    private EmbeddedCluster(List<ClusterMember> members, BrokerSettings settings) {
        this.members = members;
        this.brokers =
                members.stream().filter(member -> member.node().isBroker()).toList();
        this.topics = TopicProvisioning.at(bootstrapServers(), settings.bounds());
        this.atExit = new ExitHook(this::close);
    }

    /**
     * Starts so many brokers on free ports, and returns once clients can use them.
     *
     * @throws BrokerUnavailableException if this environment does not let them run
     */
    static EmbeddedCluster start(BrokerSettings settings, int brokers) {
        Presence.ofEmbeddedKafka(EmbeddedCluster.class.getClassLoader());
        BrokerLogs.quieten();
        for (int attempt = 1; ; attempt++) {
            List<LoopbackPorts> ports = LoopbackPorts.pick(settings.port(), brokers + 1);
            ports.forEach(BootFailure::unlessFree);
            List<ClusterMember> members = new ArrayList<>();
            for (KraftNode node : KraftNode.cluster(ports, Uuid.randomUuid().toString())) {
                members.add(new ClusterMember(node, settings));
            }
            EmbeddedCluster cluster = new EmbeddedCluster(List.copyOf(members), settings);
            try {
                cluster.boot();
                return cluster;
            } catch (BrokerUnavailableException failure) {
                boolean taken = ports.stream().anyMatch(pair -> pair.taken().isPresent());
                closeAfter(failure, cluster);
                // A port that was free when it was chosen may be taken when it is used.
                if (settings.port() != 0 || !taken || attempt == START_ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    private static void closeAfter(BrokerUnavailableException failure, EmbeddedCluster cluster) {
        try {
            cluster.close();
        } catch (BrokerUnavailableException again) {
            failure.addSuppressed(again);
        }
    }

    private synchronized void boot() {
        members.forEach(ClusterMember::boot);
        members.forEach(ClusterMember::awaitBoot);
        topics.provokeGroupCoordinator();
    }

    @Override
    public String bootstrapServers() {
        return brokers.stream()
                .map(broker -> KraftConfiguration.bootstrapServers(broker.node().ports()))
                .collect(Collectors.joining(","));
    }

    @Override
    public synchronized void createTopics(Map<String, Integer> partitions) {
        topics.create(partitions);
        topics.awaitReplicas(brokers.size());
    }

    @Override
    public synchronized void deleteTopics(Collection<String> names) {
        topics.delete(names);
    }

    @Override
    public Optional<Runnable> restarting() {
        return Optional.of(this::restartOneAfterAnother);
    }

    private synchronized void restartOneAfterAnother() {
        for (ClusterMember broker : brokers) {
            broker.stop();
            topics.unregister(broker.node().id());
            BootFailure.unlessFree(broker.node().ports());
            broker.boot();
            broker.awaitBoot();
            topics.awaitReplicas(brokers.size());
        }
    }

    /** The controller goes last: without it no broker can hand over what it leads. One that does not end keeps no other from ending. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        topics.close();
        BrokerUnavailableException failure = null;
        for (ClusterMember member : members) {
            try {
                member.close();
            } catch (BrokerUnavailableException running) {
                failure = failure == null ? running : failure;
            }
        }
        atExit.forget();
        if (failure != null) {
            throw failure;
        }
    }
}
