package io.github.atleastonce.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bounds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerSettingsTests {

    @Test
    void isEmbeddedByDefault() {
        assertThat(settings(Map.of(), Map.of()))
                .isEqualTo(new BrokerSettings(
                        BrokerProvider.EMBEDDED,
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        Duration.ofSeconds(60),
                        Path.of(System.getProperty("user.home"), ".cache", "atleastonce"),
                        Duration.ofHours(1),
                        Bounds.DEFAULT));
    }

    @ParameterizedTest
    @CsvSource({
        "embedded, EMBEDDED",
        "reused, REUSED",
        "testcontainers, TESTCONTAINERS",
        "external, EXTERNAL",
        "' external ', EXTERNAL"
    })
    void choosesAProviderByName(String name, BrokerProvider provider) {
        assertThat(settings(Map.of("atleastonce.kafka.provider", name), Map.of())
                        .provider())
                .isEqualTo(provider);
    }

    @Test
    void refusesAnUnknownProvider() {
        refuses(
                "atleastonce.kafka.provider",
                "docker",
                "atleastonce.kafka.provider wants one of embedded, reused, testcontainers, external, but is 'docker'.");
    }

    @Test
    void anAddressIsEnoughToChooseTheExternalCluster() {
        BrokerSettings settings = settings(Map.of("atleastonce.kafka.bootstrapServers", "kafka:9092"), Map.of());

        assertThat(settings.provider()).isEqualTo(BrokerProvider.EXTERNAL);
        assertThat(settings.bootstrapServers()).contains("kafka:9092");
    }

    @Test
    void aNamedProviderBeatsAnAddress() {
        BrokerSettings settings = settings(
                Map.of("atleastonce.kafka.provider", "embedded"),
                Map.of("ATLEASTONCE_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"));

        assertThat(settings.provider()).isEqualTo(BrokerProvider.EMBEDDED);
    }

    @Test
    void readsTheEnvironment() {
        BrokerSettings settings = settings(
                Map.of(),
                Map.of(
                        "ATLEASTONCE_KAFKA_PROVIDER", "testcontainers",
                        "ATLEASTONCE_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092",
                        "ATLEASTONCE_KAFKA_IMAGE", "apache/kafka:4.4.0",
                        "ATLEASTONCE_KAFKA_PORT", "9092",
                        "ATLEASTONCE_KAFKA_START_TIMEOUT", "5s",
                        "ATLEASTONCE_KAFKA_DIRECTORY", "/var/cache/brokers",
                        "ATLEASTONCE_KAFKA_IDLE_TIMEOUT", "8h",
                        "ATLEASTONCE_BROKER_TIMEOUT", "7s"));

        assertThat(settings)
                .isEqualTo(new BrokerSettings(
                        BrokerProvider.TESTCONTAINERS,
                        Optional.of("kafka:9092"),
                        Optional.of("apache/kafka:4.4.0"),
                        9092,
                        Duration.ofSeconds(5),
                        Path.of("/var/cache/brokers"),
                        Duration.ofHours(8),
                        Bounds.DEFAULT.withBrokerTimeout(Duration.ofSeconds(7))));
    }

    @Test
    void aSettingBeatsTheEnvironment() {
        BrokerSettings settings =
                settings(Map.of("atleastonce.kafka.port", "1"), Map.of("ATLEASTONCE_KAFKA_PORT", "2"));

        assertThat(settings.port()).isOne();
    }

    @Test
    void anEmptyTextIsNoSetting() {
        assertThat(settings(Map.of("atleastonce.kafka.bootstrapServers", " "), Map.of()))
                .isEqualTo(BrokerSettings.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "30s, PT30S", "5m, PT5M", "PT1M30S, PT1M30S"})
    void readsDurations(String text, Duration duration) {
        assertThat(settings(Map.of("atleastonce.kafka.startTimeout", text), Map.of())
                        .startTimeout())
                .isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "0s", "PT-1S", "99999999999999999999s", "9999999999999999m"})
    void refusesWhatIsNoDuration(String text) {
        refuses(
                "atleastonce.kafka.startTimeout",
                text,
                "atleastonce.kafka.startTimeout wants a duration longer than nothing, of 10000 days at the most, such as 30s, 5m or PT5M, but is '"
                        + text + "'.");
    }

    @Test
    void readsTheBoundsOfABroker() {
        assertThat(settings(Map.of("atleastonce.brokerTimeout", "7s", "atleastonce.stopTimeout", "8s"), Map.of())
                        .bounds())
                .isEqualTo(
                        Bounds.DEFAULT.withBrokerTimeout(Duration.ofSeconds(7)).withStopTimeout(Duration.ofSeconds(8)));
        refuses(
                "atleastonce.stopTimeout",
                "never",
                "atleastonce.stopTimeout wants a duration longer than nothing, of 10000 days at the most, such as 30s, 5m or PT5M, "
                        + "but is 'never'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "-1", "65536"})
    void refusesWhatIsNoPort(String text) {
        refuses(
                "atleastonce.kafka.port",
                text,
                "atleastonce.kafka.port wants a port, or 0 for any that is free, but is '" + text + "'.");
    }

    private static void refuses(String setting, String value, String sentence) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> settings(Map.of(setting, value), Map.of()))
                .withMessage(sentence);
    }

    private static BrokerSettings settings(Map<String, String> parameters, Map<String, String> environment) {
        return BrokerSettings.from(name -> Optional.ofNullable(parameters.get(name)), environment);
    }
}
