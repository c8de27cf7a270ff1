package io.github.atleastonce.examples.benchmarks;

import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import java.util.Map;
import java.util.function.Supplier;

/** The embedded broker of this toolkit, for {@link FirstRecord}. */
public final class EmbeddedBroker implements Supplier<String> {

    /** Creates what starts a broker. */
    public EmbeddedBroker() {}

    @Override
    public String get() {
        EmbeddedKafka broker = EmbeddedKafka.start();
        broker.createTopics(Map.of("orders", 1));
        return broker.bootstrapServers();
    }
}
