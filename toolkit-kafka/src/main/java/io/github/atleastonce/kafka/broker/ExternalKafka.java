package io.github.atleastonce.kafka.broker;

import io.github.atleastonce.run.UsageException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;

/** A cluster that somebody else runs. */
final class ExternalKafka implements Broker {

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final String bootstrapServers;
    private final TopicProvisioning topics;

    private ExternalKafka(String bootstrapServers, TopicProvisioning topics) {
        this.bootstrapServers = bootstrapServers;
        this.topics = topics;
    }

    static Broker connect(BrokerSettings settings) {
        String servers = settings.bootstrapServers()
                .orElseThrow(() ->
                        new UsageException(BrokerSettings.PROVIDER + "=external wants the address of a cluster in "
                                + BrokerSettings.BOOTSTRAP_SERVERS + ", as host:port."));
        Duration bound =
                settings.startTimeout().compareTo(ANSWER_TIMEOUT) < 0 ? settings.startTimeout() : ANSWER_TIMEOUT;
        ExternalKafka kafka = new ExternalKafka(servers, topicsAt(servers));
        try {
            kafka.topics.awaitAnswer(bound);
            return kafka;
        } catch (ExecutionException | TimeoutException failure) {
            kafka.close();
            throw new BrokerUnavailableException(
                    "No Kafka answers at " + servers + " (" + BrokerSettings.BOOTSTRAP_SERVERS + ") within "
                            + bound.toMillis()
                            + " ms: is it up, and does it advertise an address that is reachable from here?",
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

    private static TopicProvisioning topicsAt(String servers) {
        try {
            return TopicProvisioning.at(servers).connected();
        } catch (KafkaException unusable) {
            Throwable cause = unusable.getCause() == null ? unusable : unusable.getCause();
            throw new UsageException(
                    BrokerSettings.BOOTSTRAP_SERVERS + " wants addresses as host:port, but is '" + servers + "': "
                            + cause.getMessage(),
                    unusable);
        }
    }
}
