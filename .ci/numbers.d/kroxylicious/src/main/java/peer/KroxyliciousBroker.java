package peer;

import io.kroxylicious.testing.kafka.api.KafkaCluster;
import io.kroxylicious.testing.kafka.common.KafkaClusterConfig;
import io.kroxylicious.testing.kafka.common.KafkaClusterExecutionMode;
import io.kroxylicious.testing.kafka.common.KafkaClusterFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The broker that the JUnit extension of Kroxylicious starts in the JVM of the test. */
public final class KroxyliciousBroker implements Supplier<String> {

    @Override
    public String get() {
        KafkaCluster cluster = KafkaClusterFactory.create(KafkaClusterConfig.builder()
                .execMode(KafkaClusterExecutionMode.IN_VM)
                .kraftMode(true)
                .brokersNum(1)
                .build());
        cluster.start();
        String servers = cluster.getBootstrapServers();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic("orders", 1, (short) 1))).all().get();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
        return servers;
    }
}
