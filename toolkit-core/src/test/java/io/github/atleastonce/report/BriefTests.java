package io.github.atleastonce.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.message.Headers;
import io.github.atleastonce.message.Label;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.message.StoredMessage.Kind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BriefTests {

    record Paid(String order) {}

    record Unprintable() {

        @Override
        public String toString() {
            throw new IllegalStateException("lazy, and closed");
        }
    }

    private static String named(@Nullable String key, Object payload) {
        Message message = Message.of("m-1", key, payload);
        return Brief.message(
                new StoredMessage(message, new Label("orders", 0, 1), 0, 0, 0, Kind.ORIGINAL), Wording.READ);
    }

    @Test
    void leavesShortTextAlone() {
        assertThat(Brief.text("0123456789", 10)).isEqualTo("0123456789");
    }

    @Test
    void cutsTheMiddle() {
        assertThat(Brief.text("0123456789a", 10)).isEqualTo("012345…89a");
    }

    @Test
    void neverCutsACharacterInTwo() {
        assertThat(Brief.text("😀".repeat(11), 10)).isEqualTo("😀".repeat(6) + "…" + "😀".repeat(3));
    }

    @Test
    void keepsToOneLine() {
        assertThat(Brief.text("a\u202eb\u0085c", 40)).isEqualTo("a\\u202eb\\u0085c");
        assertThat(Brief.text(" a\tb\r\n c\u001b[31m", 40)).isEqualTo("a b c [31m");
    }

    @Test
    void namesAMessageByItsKey() {
        assertThat(named("o-1", new Paid("o-1"))).isEqualTo("Paid(o-1)");
    }

    @Test
    void showsAUuidInFull() {
        assertThat(named("0a1b2c3d-4e5f-6789-abcd-ef0123456789", new Paid("o-1")))
                .isEqualTo("Paid(0a1b2c3d-4e5f-6789-abcd-ef0123456789)");
    }

    @Test
    void namesAMessageWithoutKeyByItsContent() {
        assertThat(named(null, new Paid("o-1"))).isEqualTo("Paid[order=o-1]");
        assertThat(named(null, "hello")).isEqualTo("String \"hello\"");
        assertThat(named(null, 42)).isEqualTo("Integer 42");
    }

    @Test
    void namesAMessageByItsTypeIfItsContentSaysNothing() {
        assertThat(named(null, new byte[] {1})).isEqualTo("byte[]");
        assertThat(named(null, new Object())).isEqualTo("Object");
        assertThat(named(null, new Unprintable())).isEqualTo("Unprintable");
    }

    @Test
    void doesNotShowWhatCannotBeRead() {
        Message poison = new Message("p", "o-1", "Poison", Headers.none(), "");

        assertThat(Brief.message(
                        new StoredMessage(poison, new Label("orders", 1, 1), 0, 0, 0, Kind.POISON), Wording.READ))
                .isEqualTo("unreadable record");
    }

    @Test
    void listsEightInFullAndLeavesOutTheMiddleOfMore() {
        assertThat(Brief.list(List.of("1", "2", "3", "4", "5", "6", "7", "8"), " "))
                .isEqualTo("1 2 3 4 5 6 7 8");
        assertThat(Brief.list(List.of("1", "2", "3", "4", "5", "6", "7", "8", "9"), " "))
                .isEqualTo("1 2 3 4 5 6 … 2 more 9");
    }

    @Test
    void writesDurationsInUnits() {
        assertThat(Brief.duration(Duration.ZERO)).isEqualTo("0 s");
        assertThat(Brief.duration(Duration.ofMillis(1500))).isEqualTo("1 s 500 ms");
        assertThat(Brief.duration(Duration.ofDays(2).plusNanos(7))).isEqualTo("2 d 7 ns");
        assertThat(Brief.duration(Duration.ofMinutes(75))).isEqualTo("1 h 15 min");
    }
}
