package io.github.atleastonce.examples.benchmarks;

import io.github.atleastonce.kafka.broker.Broker;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The broker of this toolkit in a JVM of its own, as the last build has left it, for {@link FirstRecord}. */
public class ReusedBroker implements Supplier<String> {

    private final Map<String, String> settings;

    /** Creates what finds a broker running, or starts one that runs for a minute. */
    public ReusedBroker() {
        this("target/numbers/reused", "1m");
    }

    private ReusedBroker(String directory, String idleTimeout) {
        settings = Map.of(
                "atleastonce.kafka.provider", "reused",
                "atleastonce.kafka.directory", directory,
                "atleastonce.kafka.idleTimeout", idleTimeout);
    }

    @Override
    public String get() {
        Broker broker = Broker.start(name -> Optional.ofNullable(settings.get(name)));
        broker.createTopics(Map.of("orders", 1));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        return broker.bootstrapServers();
    }

    /** One that ends at once when nobody uses it, so that each has to start, with the classes that an earlier one has archived. */
    public static final class Started extends ReusedBroker {

        /** Creates what starts a broker. */
        public Started() {
            super("target/numbers/started", "1ms");
        }
    }
}
