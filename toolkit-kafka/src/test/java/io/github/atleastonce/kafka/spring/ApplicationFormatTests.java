package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.atleastonce.kafka.RecordFormat;
import io.github.atleastonce.run.UsageException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

/** By which serializer a message of a test goes. */
class ApplicationFormatTests {

    private static final String JSON = "org.springframework.kafka.support.serializer.Json";
    private static final String TYPE = "__TypeId__";

    record Paid(String order, int amount) {}

    private final Headers headers = new RecordHeaders();

    private String value(RecordFormat format, Object payload) {
        return new String(format.values().serialize("orders", headers, payload), StandardCharsets.UTF_8);
    }

    private @Nullable String type() {
        return headers.lastHeader(TYPE) == null
                ? null
                : new String(headers.lastHeader(TYPE).value(), StandardCharsets.UTF_8);
    }

    @Test
    void aTemplateThatItsListenersUnderstandGoesFirst() {
        RecordFormat format =
                format(List.of(producing(text()), producing(json("Serializer"))), consuming(json("Deserializer")));

        assertThat(value(format, new Paid("o-1", 10))).isEqualTo("{\"order\":\"o-1\",\"amount\":10}");
        assertThat(type()).isEqualTo(Paid.class.getName());
    }

    @Test
    void whereNobodySendsTheCounterpartOfTheReaderWrites() {
        RecordFormat format = format(List.of(), consuming(json("Deserializer")));

        value(format, new Paid("o-1", 10));
        assertThat(type()).isEqualTo(Paid.class.getName());
    }

    @Test
    void theCounterpartIsThatOfWhatAnotherWatchesOver() {
        Map<String, Object> watched = json("Deserializer");
        watched.put("value.deserializer", "org.springframework.kafka.support.serializer.ErrorHandlingDeserializer");
        watched.put("spring.deserializer.value.delegate.class", JSON + "Deserializer");

        value(format(List.of(), consuming(watched)), new Paid("o-1", 10));
        assertThat(type()).isEqualTo(Paid.class.getName());
    }

    @Test
    void aTemplateThatNobodyUnderstandsIsForOtherTopics() {
        // Read as text and turned into an object by a converter, as many listeners do.
        RecordFormat format = format(List.of(producing(text())), consuming(text()));

        assertThat(value(format, new Paid("o-1", 10))).isEqualTo("{\"order\":\"o-1\",\"amount\":10}");
        assertThat(type()).isNull();
    }

    @Test
    void textIsTakenAsItStands() {
        RecordFormat format = format(List.of(producing(json("Serializer"))), consuming(text()));

        assertThat(value(format, "alice:30")).isEqualTo("alice:30");
    }

    @Test
    void textThatListenersCannotReadAsItStandsGoesTheirWay() {
        RecordFormat format = format(List.of(producing(json("Serializer"))), consuming(json("Deserializer")));

        assertThat(value(format, "alice")).isEqualTo("\"alice\"");
    }

    @Test
    void keysAreOfTheApplicationsType() {
        RecordFormat format = format(
                List.of(new DefaultKafkaProducerFactory<>(Map.of(), new LongSerializer(), new StringSerializer())),
                container(
                        new DefaultKafkaConsumerFactory<>(Map.of(), new LongDeserializer(), new StringDeserializer())));

        assertThat(format.keys().serialize("orders", "42")).containsExactly(0, 0, 0, 0, 0, 0, 0, 42);
        assertThatThrownBy(() -> format.keys().serialize("orders", "o-1"))
                .isInstanceOf(UsageException.class)
                .hasMessage("The key 'o-1' of a message to 'orders' is none that the application's key serializer "
                        + "LongSerializer can write.");
    }

    private static RecordFormat format(
            List<ProducerFactory<?, ?>> factories, AbstractMessageListenerContainer<?, ?> container) {
        return new ApplicationFormat(() -> factories, () -> List.of(container)).format();
    }

    private static ProducerFactory<?, ?> producing(Map<String, Object> configuration) {
        return new DefaultKafkaProducerFactory<>(configuration);
    }

    private static AbstractMessageListenerContainer<?, ?> consuming(Map<String, Object> configuration) {
        return container(new DefaultKafkaConsumerFactory<>(configuration));
    }

    private static <K, V> AbstractMessageListenerContainer<K, V> container(DefaultKafkaConsumerFactory<K, V> factory) {
        return new ConcurrentMessageListenerContainer<>(factory, new ContainerProperties("orders"));
    }

    private static Map<String, Object> text() {
        return both(StringSerializer.class, StringDeserializer.class);
    }

    private static Map<String, Object> json(String role) {
        Map<String, Object> configuration = both(StringSerializer.class, StringDeserializer.class);
        configuration.put("value." + role.toLowerCase(java.util.Locale.ROOT), JSON + role);
        configuration.put("spring.json.trusted.packages", "*");
        return configuration;
    }

    private static Map<String, Object> both(Class<?> serializer, Class<?> deserializer) {
        Map<String, Object> configuration = new HashMap<>();
        configuration.put("key.serializer", serializer);
        configuration.put("value.serializer", serializer);
        configuration.put("key.deserializer", deserializer);
        configuration.put("value.deserializer", deserializer);
        return configuration;
    }
}
