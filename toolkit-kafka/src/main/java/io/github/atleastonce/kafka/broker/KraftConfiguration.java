package io.github.atleastonce.kafka.broker;

import java.nio.file.Path;
import java.util.Properties;

/**
 * The properties of a node that is broker and controller at once, alone, on loopback, and quick. What a node does not know, because
 * its Kafka is older or newer, it ignores.
 */
final class KraftConfiguration {

    static final String CONTROLLER_LISTENER = "CONTROLLER";
    static final int NODE_ID = 1;

    private static final String HOST = "127.0.0.1";
    private static final String BROKER_LISTENER = "PLAINTEXT";

    private static final String[][] TUNED = {
        // One node: nothing can be replicated.
        {"offsets.topic.replication.factor", "1"},
        {"transaction.state.log.replication.factor", "1"},
        {"transaction.state.log.min.isr", "1"},
        {"share.coordinator.state.topic.replication.factor", "1"},
        {"share.coordinator.state.topic.min.isr", "1"},
        // Ready soon: little to create, nothing to wait for.
        {"offsets.topic.num.partitions", "1"},
        {"transaction.state.log.num.partitions", "1"},
        {"share.coordinator.state.topic.num.partitions", "1"},
        {"group.initial.rebalance.delay.ms", "0"},
        {"group.streams.initial.rebalance.delay.ms", "0"},
        {"group.coordinator.append.linger.ms", "0"},
        {"controller.quorum.append.linger.ms", "0"},
        {"broker.heartbeat.interval.ms", "500"},
        {"broker.session.timeout.ms", "30000"},
        {"metric.reporters", ""},
        // Members learn of a rebalance soon, and may ask for short sessions.
        {"group.consumer.min.heartbeat.interval.ms", "50"},
        {"group.consumer.heartbeat.interval.ms", "100"},
        {"group.consumer.assignment.interval.ms", "0"},
        {"group.consumer.assignor.offload.enable", "false"},
        {"group.min.session.timeout.ms", "100"},
        // Small: one test's worth of threads, files and memory.
        {"num.network.threads", "1"},
        {"num.io.threads", "2"},
        {"log.segment.bytes", "16777216"},
        {"log.index.size.max.bytes", "1048576"},
        {"log.cleaner.dedupe.buffer.size", "2097152"},
        // Records of any age are kept.
        {"log.retention.ms", "-1"},
    };

    private KraftConfiguration() {}

    static String bootstrapServers(LoopbackPorts ports) {
        return HOST + ":" + ports.broker();
    }

    static Properties of(LoopbackPorts ports, Path logs) {
        Properties properties = new Properties();
        for (String[] property : TUNED) {
            properties.setProperty(property[0], property[1]);
        }
        String broker = BROKER_LISTENER + "://" + HOST + ":" + ports.broker();
        String controller = CONTROLLER_LISTENER + "://" + HOST + ":" + ports.controller();
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", Integer.toString(NODE_ID));
        properties.setProperty("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + ports.controller());
        properties.setProperty("listeners", broker + "," + controller);
        properties.setProperty("advertised.listeners", broker);
        properties.setProperty(
                "listener.security.protocol.map", BROKER_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        properties.setProperty("inter.broker.listener.name", BROKER_LISTENER);
        properties.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        properties.setProperty("log.dirs", logs.toString());
        return properties;
    }
}
