package io.github.atleastonce.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageTests {

    private record OrderCreated(String id) {}

    @Test
    void isNamedByItsTypeAndKey() {
        Message message = Message.of("m-1", "o-1", new OrderCreated("o-1"));
        assertThat(message.type()).isEqualTo("OrderCreated");
        assertThat(message.title()).isEqualTo("OrderCreated(o-1)");
        assertThat(Message.of("m-1", null, "text").title()).isEqualTo("String");
    }

    @Test
    void getsHeadersWithoutBeingChanged() {
        Message message = Message.of("m-1", "o-1", "text");
        Message traced =
                message.withHeader("trace", "7").withHeader("tenant", "42").withHeader("trace", "8");
        assertThat(message.headers()).isEqualTo(Headers.none()).isSameAs(Headers.of(Map.of()));
        assertThat(traced.headers().asMap()).containsExactly(Map.entry("trace", "8"), Map.entry("tenant", "42"));
        assertThat(traced.headers().get("tenant")).isEqualTo("42");
        assertThat(traced.headers().get("none")).isNull();
        assertThat(traced).isNotEqualTo(message).isEqualTo(traced.withHeader("trace", "8"));
    }

    @Test
    void keepsItsHeadersWhateverHappensToTheMap() {
        Map<String, String> map = new LinkedHashMap<>(Map.of("tenant", "42"));
        Headers headers = Headers.of(map);
        map.clear();
        assertThat(headers).isEqualTo(Headers.none().with("tenant", "42")).hasToString("{tenant=42}");
        assertThat(headers).hasSameHashCodeAs(Headers.none().with("tenant", "42"));
        assertThatThrownBy(() -> headers.asMap().put("tenant", "43")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void labelsAreTheSameInEveryRun() {
        assertThat(new Label("orders", 1, 1)).hasToString("orders[k1]");
        assertThat(new Label("orders", 1, 2)).hasToString("orders[k1.2]");
        assertThat(new Label("orders", 0, 1)).hasToString("orders[#1]");
        assertThat(new Label("orders", 0, 2)).hasToString("orders[#2]");
    }

    @Test
    void aStoredMessageNamesItsPosition() {
        StoredMessage stored = new StoredMessage(
                Message.of("m-1", "o-1", "text"), new Label("orders", 1, 1), 2, 7, 9, StoredMessage.Kind.ORIGINAL);
        assertThat(stored.position()).isEqualTo("orders-2@7");
        assertThat(stored.key()).isEqualTo("o-1");
    }
}
