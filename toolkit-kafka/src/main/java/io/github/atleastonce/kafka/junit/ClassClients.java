package io.github.atleastonce.kafka.junit;

import io.github.atleastonce.kafka.KafkaCluster;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The clients of one test class, connected when its first fault test asks for them. At the end of the class its records are
 * deleted: the next class may begin to read a topic where it starts.
 */
@SuppressWarnings("deprecation") // JUnit 5.12 closes nothing else than CloseableResource
final class ClassClients implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    private final SharedBroker broker;
    private final Collection<String> topics;
    private final boolean proxied;
    private @Nullable KafkaCluster cluster;

    ClassClients(SharedBroker broker, Collection<String> topics, boolean proxied) {
        this.broker = broker;
        this.topics = topics;
        this.proxied = proxied;
    }

    KafkaCluster cluster() {
        KafkaCluster present = cluster;
        if (present == null) {
            present = broker.connect(topics, proxied);
            cluster = present;
        }
        return present;
    }

    @Override
    public void close() {
        if (topics.isEmpty() && cluster == null) {
            return;
        }
        try (KafkaCluster clients = cluster()) {
            clients.deleteRecords();
        }
    }
}
