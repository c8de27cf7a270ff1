package io.github.atleastonce.kafka.broker;

import java.util.Collection;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** A broker in a container. Testcontainers is optional: only this class names it. */
final class ContainerKafka implements Broker {

    private static final String IMAGE = "apache/kafka";

    private final KafkaContainer container;
    private final TopicProvisioning topics;

    private ContainerKafka(KafkaContainer container, BrokerSettings settings) {
        this.container = container;
        this.topics = TopicProvisioning.at(container.getBootstrapServers(), settings.bounds());
    }

    static Broker start(BrokerSettings settings) {
        return start(settings, () -> DockerClientFactory.instance().isDockerAvailable());
    }

    static Broker start(BrokerSettings settings, BooleanSupplier dockerIsAvailable) {
        String image = settings.image()
                .orElseGet(() -> IMAGE + ":" + KafkaJars.clients().orElse("latest"));
        if (!dockerIsAvailable.getAsBoolean()) {
            throw new BrokerUnavailableException(BrokerSettings.PROVIDER
                    + "=testcontainers wants a Docker engine, but none answers: start one, say where it is by DOCKER_HOST, or choose"
                    + " another broker.");
        }
        KafkaContainer container =
                new KafkaContainer(DockerImageName.parse(image).asCompatibleSubstituteFor(IMAGE));
        container.withStartupTimeout(settings.startTimeout());
        try {
            container.start();
            return new ContainerKafka(container, settings);
        } catch (ContainerLaunchException failure) {
            container.stop();
            throw new BrokerUnavailableException(
                    "The image " + image + " (" + BrokerSettings.IMAGE + ") did not become a broker within "
                            + settings.startTimeout().toSeconds() + " s (" + BrokerSettings.START_TIMEOUT
                            + "): can it be pulled, and what does its container print?",
                    failure);
        }
    }

    @Override
    public String bootstrapServers() {
        return container.getBootstrapServers();
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
        container.stop();
    }
}
