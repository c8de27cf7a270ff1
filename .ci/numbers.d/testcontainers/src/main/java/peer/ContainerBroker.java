package peer;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** A broker in a container, by Testcontainers. */
public final class ContainerBroker implements Supplier<String> {

    @Override
    public String get() {
        KafkaContainer container = new KafkaContainer(DockerImageName.parse(
                        System.getenv().getOrDefault("ATLEASTONCE_KAFKA_IMAGE", "apache/kafka-native:4.1.0"))
                .asCompatibleSubstituteFor("apache/kafka"));
        container.start();
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
        String servers = container.getBootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic("orders", 1, (short) 1))).all().get();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
        return servers;
    }
}
