package io.github.atleastonce.kafka.broker;

/** Looks for what may be absent on the class path, before anything that needs it is touched. */
final class Presence {

    private Presence() {}

    static void of(String className, ClassLoader loader, String sentence) {
        try {
            Class.forName(className, false, loader);
        } catch (ClassNotFoundException missing) {
            throw new BrokerUnavailableException(sentence, missing);
        }
    }

    static void ofEmbeddedKafka(ClassLoader loader) {
        of(
                "kafka.server.KafkaRaftServer",
                loader,
                "The embedded broker wants org.apache.kafka:kafka_2.13 on the class path, in the version of kafka-clients: add it, or"
                        + " choose another broker by " + BrokerSettings.PROVIDER + ".");
    }

    static void ofTestcontainers(ClassLoader loader) {
        of(
                "org.testcontainers.kafka.KafkaContainer",
                loader,
                BrokerSettings.PROVIDER
                        + "=testcontainers wants org.testcontainers:testcontainers-kafka on the class path: add it, or choose"
                        + " another broker.");
    }
}
