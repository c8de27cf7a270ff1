package peer;

import java.util.function.Supplier;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** The embedded broker of spring-kafka-test. */
public final class SpringKafkaBroker implements Supplier<String> {

    @Override
    public String get() {
        EmbeddedKafkaKraftBroker broker = new EmbeddedKafkaKraftBroker(1, 1, "orders");
        broker.afterPropertiesSet();
        return broker.getBrokersAsString();
    }
}
