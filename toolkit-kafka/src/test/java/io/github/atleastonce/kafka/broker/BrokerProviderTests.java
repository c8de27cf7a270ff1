package io.github.atleastonce.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.atleastonce.run.UsageException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerProviderTests {

    @Test
    void startsTheEmbeddedBrokerByDefault() {
        try (Broker broker = Broker.start(name -> Optional.empty())) {
            assertThat(broker).isInstanceOf(EmbeddedKafka.class);
        }
    }

    @Test
    void usesAnExternalClusterAndLeavesItAlive() throws Exception {
        try (EmbeddedKafka cluster = EmbeddedKafka.start()) {
            try (Broker broker = Broker.start(external(cluster.bootstrapServers(), "60s"))) {
                assertThat(broker.bootstrapServers()).isEqualTo(cluster.bootstrapServers());
                broker.createTopics(Map.of("orders", 1, "payments", 1));
                broker.deleteTopics(List.of("payments"));
            }

            Traffic.on(cluster).send("orders", "a");
            assertThat(Traffic.on(cluster).receive("orders", "customers", 1)).containsExactly("a");
        }
    }

    @Test
    void saysThatNobodyAnswersWithinABound() {
        int nobody = LoopbackPorts.pick(0).broker();

        assertThatExceptionOfType(BrokerUnavailableException.class)
                .isThrownBy(() -> Broker.start(external("127.0.0.1:" + nobody, "500ms")))
                .withMessage(
                        "No Kafka answers at 127.0.0.1:%d (atleastonce.kafka.bootstrapServers) within brokerTimeout = PT0.5S: is it up, and does"
                                + " it advertise an address that is reachable from here?",
                        nobody);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka", "localhost:port", "no-such-host.invalid:9092"})
    void refusesWhatIsNoAddress(String address) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Broker.start(external(address, "60s")))
                .withMessageStartingWith(
                        "atleastonce.kafka.bootstrapServers wants addresses as host:port, but is '" + address + "': ");
    }

    @Test
    void anExternalClusterWantsAnAddress() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Broker.start(provided("external"), 1))
                .withMessage("atleastonce.kafka.provider=external wants the address of a cluster in"
                        + " atleastonce.kafka.bootstrapServers, as host:port.");
    }

    @Test
    void oneBrokerIsAllThatContainersStart() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> Broker.start(provided("testcontainers"), 3))
                .withMessage(
                        "atleastonce.kafka.provider=testcontainers starts one broker, but 3 are wanted: choose embedded or"
                                + " external.");
    }

    @Test
    void anExternalClusterMayBeTooSmall() {
        try (EmbeddedKafka cluster = EmbeddedKafka.start()) {
            String address = cluster.bootstrapServers();
            assertThatExceptionOfType(UsageException.class)
                    .isThrownBy(() -> Broker.start(external(address, "60s"), 2))
                    .withMessage("The cluster at " + address + " has 1 broker up, but 2 are wanted: name another in"
                            + " atleastonce.kafka.bootstrapServers.");
        }
    }

    @Test
    void testcontainersWantsAnEngine() {
        assertThatExceptionOfType(BrokerUnavailableException.class)
                .isThrownBy(() -> ContainerKafka.start(BrokerSettings.DEFAULT, () -> false))
                .withMessage(
                        "atleastonce.kafka.provider=testcontainers wants a Docker engine, but none answers: start one, say"
                                + " where it is by DOCKER_HOST, or choose another broker.");
    }

    private static Function<String, Optional<String>> provided(String provider) {
        return name -> name.equals("atleastonce.kafka.provider") ? Optional.of(provider) : Optional.empty();
    }

    private static Function<String, Optional<String>> external(String address, String brokerTimeout) {
        Map<String, String> settings =
                Map.of("atleastonce.kafka.bootstrapServers", address, "atleastonce.brokerTimeout", brokerTimeout);
        return name -> Optional.ofNullable(settings.get(name));
    }
}
