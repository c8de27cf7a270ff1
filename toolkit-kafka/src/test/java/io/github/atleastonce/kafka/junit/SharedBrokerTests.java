package io.github.atleastonce.kafka.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One broker for all classes of the JVM. */
class SharedBrokerTests {

    @Test
    void aBrokerThatOneClassHasStoppedIsThereForTheNext() {
        EmbeddedKafka kafka = EmbeddedKafka.start();
        try (SharedBroker shared = SharedBroker.of(kafka)) {
            shared.createTopics(Map.of("orders", 1));
            kafka.stop();

            shared.createTopics(Map.of("payments", 1));

            assertThat(kafka.isRunning()).isTrue();
        }
    }

    @Test
    void theAddressIsThatOfTheBrokerThatTheClassWants() {
        try (SharedBroker one = SharedBroker.start(name -> Optional.empty(), 1);
                SharedBroker other = SharedBroker.start(name -> Optional.empty(), 1)) {
            one.tell(List.of(), false);
            other.tell(List.of(), false);
            one.tell(List.of(), false);

            assertThat(System.getProperty("spring.kafka.bootstrap-servers")).isEqualTo(one.bootstrapServers(false));
        }
    }
}
