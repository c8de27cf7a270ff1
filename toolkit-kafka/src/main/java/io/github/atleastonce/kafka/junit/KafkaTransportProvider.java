package io.github.atleastonce.kafka.junit;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.junit.TransportProvider;
import io.github.atleastonce.kafka.broker.Broker;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets the fault tests of a class with {@link KafkaBroker} run over its broker. Found by the service loader. */
@API(status = API.Status.INTERNAL)
public final class KafkaTransportProvider implements TransportProvider {

    /** Creates the provider; for the service loader. */
    public KafkaTransportProvider() {}

    @Override
    public Optional<TransportFactory> find(ExtensionContext context) {
        return KafkaBrokerExtension.cluster(context).map(TransportFactory.class::cast);
    }

    @Override
    public Set<String> settings() {
        return Broker.settings();
    }
}
