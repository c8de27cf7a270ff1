package io.github.atleastonce.kafka.broker;

import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Bounds;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;

/** A cluster that somebody else runs. */
final class ExternalKafka implements Broker {

    private final String bootstrapServers;
    private final TopicProvisioning topics;

    private ExternalKafka(String bootstrapServers, TopicProvisioning topics) {
        this.bootstrapServers = bootstrapServers;
        this.topics = topics;
    }

    static Broker connect(BrokerSettings settings, int brokers) {
        String servers = settings.bootstrapServers()
                .orElseThrow(() ->
                        new UsageException(BrokerSettings.PROVIDER + "=external wants the address of a cluster in "
                                + BrokerSettings.BOOTSTRAP_SERVERS + ", as host:port."));
        ExternalKafka kafka = new ExternalKafka(servers, topicsAt(servers, settings.bounds()));
        try {
            int present = kafka.topics.awaitAnswer(settings.bounds().brokerTimeout());
            if (present < brokers) {
                kafka.close();
                throw new UsageException("The cluster at " + servers + " has " + present
                        + (present == 1 ? " broker" : " brokers") + " up, but " + brokers
                        + " are wanted: name another in " + BrokerSettings.BOOTSTRAP_SERVERS + ".");
            }
            return kafka;
        } catch (ExecutionException | TimeoutException failure) {
            kafka.close();
            throw new BrokerUnavailableException(
                    "No Kafka answers at " + servers + " (" + BrokerSettings.BOOTSTRAP_SERVERS + ") within "
                            + Bound.BROKER_TIMEOUT.in(settings.bounds())
                            + ": is it up, and does it advertise an address that is reachable from here?",
                    failure);
        }
    }

    @Override
    public boolean isOurs() {
        return false;
    }

    @Override
    public String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void createTopics(Map<String, Integer> partitions) {
        topics.create(partitions);
    }

    @Override
    public void deleteTopics(Collection<String> names) {
        topics.delete(names);
    }

    @Override
    public void close() {
        topics.close();
    }

    private static TopicProvisioning topicsAt(String servers, Bounds bounds) {
        try {
            return TopicProvisioning.at(servers, bounds).connected();
        } catch (KafkaException unusable) {
            Throwable cause = unusable.getCause() == null ? unusable : unusable.getCause();
            throw new UsageException(
                    BrokerSettings.BOOTSTRAP_SERVERS + " wants addresses as host:port, but is '" + servers + "': "
                            + cause.getMessage(),
                    unusable);
        }
    }
}
