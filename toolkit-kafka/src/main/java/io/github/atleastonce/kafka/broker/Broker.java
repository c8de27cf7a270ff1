package io.github.atleastonce.kafka.broker;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apiguardian.api.API;

/** A Kafka broker, or a cluster of them, that tests share. Safe for use by several threads. */
@API(status = API.Status.INTERNAL)
public sealed interface Broker extends AutoCloseable
        permits EmbeddedKafka, EmbeddedCluster, ReusedKafka, ContainerKafka, ExternalKafka {

    /**
     * Starts, or reaches, the broker that the settings ask for, and returns once clients can use it.
     *
     * @param setting looks a setting up by its name, such as {@code atleastonce.kafka.provider}; JUnit's configuration
     *     parameters fit. What it does not know is looked up in the environment variables
     * @return the broker, to be closed by the caller
     * @throws io.github.atleastonce.run.UsageException if a setting has no meaning
     * @throws BrokerUnavailableException if this environment cannot offer that broker
     */
    static Broker start(Function<String, Optional<String>> setting) {
        return start(setting, 1);
    }

    /**
     * Starts, or reaches, so many brokers that the settings ask for.
     *
     * @param setting see above
     * @param brokers how many brokers are wanted, at least 1
     * @return the brokers, to be closed by the caller
     * @throws io.github.atleastonce.run.UsageException see above; or if so many cannot be had from there
     * @throws BrokerUnavailableException see above
     */
    static Broker start(Function<String, Optional<String>> setting, int brokers) {
        return BrokerStarter.start(BrokerSettings.from(setting, System.getenv()), brokers);
    }

    /**
     * Returns where clients find the broker. It stays the same for the life of this object.
     *
     * @return host:port, separated by commas if there are several
     */
    String bootstrapServers();

    /**
     * Creates the topics that are missing, and returns when each partition of all of them serves reads and writes.
     *
     * @param partitions the number of partitions for each topic, at least 1
     * @throws io.github.atleastonce.run.UsageException if a name or number is not lawful, or a topic exists with another number
     *     of partitions
     * @throws BrokerUnavailableException if the broker does not answer
     */
    void createTopics(Map<String, Integer> partitions);

    /**
     * Deletes topics with all their records; those that do not exist are passed over.
     *
     * @param names the topics
     * @throws BrokerUnavailableException if the broker does not answer
     */
    void deleteTopics(Collection<String> names);

    /**
     * Says whether this broker was started for the tests, so that they may delete its records.
     *
     * @return false for a cluster that was there before
     */
    default boolean isOurs() {
        return true;
    }

    /**
     * Returns what stops this broker and starts it again, on the same address and with its records.
     *
     * @return that, or empty if this broker cannot be stopped from here
     */
    default Optional<Runnable> restarting() {
        return Optional.empty();
    }

    /** Ends the use of this broker, and the broker itself if it was started here. Closing again does nothing. */
    @Override
    void close();

    /**
     * Names the settings by which a broker is chosen.
     *
     * @return the names of system properties and configuration parameters
     */
    static Set<String> settings() {
        return BrokerSettings.names();
    }
}
