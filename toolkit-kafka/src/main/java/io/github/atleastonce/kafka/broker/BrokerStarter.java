package io.github.atleastonce.kafka.broker;

import io.github.atleastonce.run.UsageException;

/** Starts brokers, or reaches them, each kind in its way. */
final class BrokerStarter {

    private BrokerStarter() {}

    /** Starts so many brokers; a cluster that somebody else runs may have more. */
    static Broker start(BrokerSettings settings, int brokers) {
        BrokerProvider provider = settings.provider();
        return switch (provider) {
            case EMBEDDED -> brokers == 1 ? EmbeddedKafka.start(settings) : EmbeddedCluster.start(settings, brokers);
            case REUSED -> {
                mustBeOne(provider, brokers);
                yield ReusedKafka.connect(settings);
            }
            case TESTCONTAINERS -> {
                mustBeOne(provider, brokers);
                Presence.ofTestcontainers(BrokerStarter.class.getClassLoader());
                yield ContainerKafka.start(settings);
            }
            case EXTERNAL -> ExternalKafka.connect(settings, brokers);
        };
    }

    private static void mustBeOne(BrokerProvider provider, int brokers) {
        if (brokers > 1) {
            throw new UsageException(BrokerSettings.PROVIDER + "=" + provider.settingName() + " starts one broker, but "
                    + brokers + " are wanted: choose " + BrokerProvider.EMBEDDED.settingName() + " or "
                    + BrokerProvider.EXTERNAL.settingName() + ".");
        }
    }
}
