package io.github.atleastonce.kafka.broker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The properties of a node on loopback that is quick. What a node does not know, because its Kafka is older or newer, it ignores. */
final class KraftConfiguration {

    static final String CONTROLLER_LISTENER = "CONTROLLER";
    static final String HOST = "127.0.0.1";

    private static final String BROKER_LISTENER = "PLAINTEXT";

    private static final String[][] TUNED = {
        // One broker may be all that is left.
        {"transaction.state.log.min.isr", "1"},
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

    /** How often that is kept which is not said to be otherwise. */
    private static final String[] REPLICATED = {
        "default.replication.factor",
        "offsets.topic.replication.factor",
        "transaction.state.log.replication.factor",
        "share.coordinator.state.topic.replication.factor"
    };

    private KraftConfiguration() {}

    static String bootstrapServers(LoopbackPorts ports) {
        return HOST + ":" + ports.broker();
    }

    static Properties of(KraftNode node, Path logs) {
        Properties properties = new Properties();
        for (String[] property : TUNED) {
            properties.setProperty(property[0], property[1]);
        }
        for (String name : REPLICATED) {
            properties.setProperty(name, Integer.toString(node.brokers()));
        }
        String broker = BROKER_LISTENER + "://" + HOST + ":" + node.ports().broker();
        String controller =
                CONTROLLER_LISTENER + "://" + HOST + ":" + node.ports().controller();
        properties.setProperty("process.roles", node.roles());
        properties.setProperty("node.id", Integer.toString(node.id()));
        properties.setProperty("controller.quorum.voters", node.voters());
        List<String> listeners = new ArrayList<>();
        if (node.isBroker()) {
            listeners.add(broker);
            properties.setProperty("advertised.listeners", broker);
            properties.setProperty("inter.broker.listener.name", BROKER_LISTENER);
        }
        if (node.isController()) {
            listeners.add(controller);
        }
        properties.setProperty("listeners", String.join(",", listeners));
        properties.setProperty(
                "listener.security.protocol.map", BROKER_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        properties.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        properties.setProperty("log.dirs", logs.toString());
        return properties;
    }
}
