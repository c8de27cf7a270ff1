package io.github.atleastonce.kafka.junit;

import io.github.atleastonce.kafka.KafkaCluster;
import io.github.atleastonce.kafka.broker.Broker;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The broker of the JVM, and the system properties that tell frameworks where it is. Ends with the store that holds it. */
@SuppressWarnings("deprecation") // JUnit 5.12 closes nothing else than CloseableResource
final class SharedBroker implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    private static final List<String> ADDRESS = List.of(
            "spring.kafka.bootstrap-servers",
            "spring.embedded.kafka.brokers",
            "spring.cloud.stream.kafka.binder.brokers",
            "kafka.bootstrap.servers",
            "mp.messaging.connector.smallrye-kafka.bootstrap.servers");

    private final Broker broker;
    private final Map<String, Optional<String>> before = new TreeMap<>();
    private @Nullable FaultProxy proxy;

    private SharedBroker(Broker broker) {
        this.broker = broker;
        set("spring.kafka.consumer.auto-offset-reset", "earliest");
    }

    static SharedBroker of(Broker broker) {
        return new SharedBroker(broker);
    }

    static SharedBroker start(Function<String, Optional<String>> setting, int brokers) {
        return of(Broker.start(setting, brokers));
    }

    String bootstrapServers(boolean proxied) {
        return proxied ? proxy().bootstrapServers() : broker.bootstrapServers();
    }

    /** One for all classes that want it: an address that changes would want other Spring contexts. */
    private FaultProxy proxy() {
        FaultProxy present = proxy;
        if (present == null) {
            present = FaultProxy.before(
                    broker.bootstrapServers(), broker.restarting().orElse(null));
            proxy = present;
        }
        return present;
    }

    /** Connects clients; records of a cluster that is not ours are spared. */
    KafkaCluster connect(Collection<String> topics, boolean proxied) {
        KafkaCluster clients = new KafkaCluster(broker.bootstrapServers(), topics);
        KafkaCluster ours = broker.isOurs() ? clients : clients.sparingRecords();
        return proxied ? ours.behind(proxy()) : ours;
    }

    void tell(Collection<String> properties, boolean proxied) {
        String address = bootstrapServers(proxied);
        ADDRESS.forEach(name -> set(name, address));
        properties.forEach(name -> set(name, address));
    }

    /** A broker that was stopped for one class, and did not come back, is there for the next one. */
    void createTopics(Map<String, Integer> partitions) {
        if (broker instanceof EmbeddedKafka embedded && !embedded.isRunning()) {
            embedded.restart();
        }
        broker.createTopics(partitions);
    }

    @Override
    public void close() {
        before.forEach((name, value) ->
                value.ifPresentOrElse(old -> System.setProperty(name, old), () -> System.clearProperty(name)));
        if (proxy != null) {
            proxy.close();
        }
        broker.close();
    }

    private void set(String name, String value) {
        Optional<String> old = Optional.ofNullable(System.setProperty(name, value));
        before.putIfAbsent(name, old);
    }
}
