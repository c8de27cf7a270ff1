package io.github.atleastonce.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SqlValuesTests {

    @Test
    void showsTheFirst() {
        SqlValues values = new SqlValues();
        assertThat(values).hasToString("");
        values.add("o-1");
        values.add(30);
        values.add(new BigDecimal("1.50"));
        assertThat(values).hasToString("o-1, 30, 1.50");
        for (int i = 0; i < 12; i++) {
            values.add(i);
        }
        assertThat(values.toString()).endsWith("7, 8, …");
    }

    @Test
    void showsWhatWasGivenThen() {
        AtomicInteger count = new AtomicInteger(1);
        SqlValues values = new SqlValues();
        values.add(count);
        count.set(2);

        assertThat(values).hasToString("1");
    }

    @Test
    void cutsNoIdInTwo() {
        UUID id = UUID.randomUUID();
        for (int before = 0; before < 100; before++) {
            SqlValues values = new SqlValues();
            values.add("x".repeat(before) + " order-" + id + " is paid, and then there is more to be said of it");
            String shown = values.toString();

            assertThat(shown).endsWith("…").hasSizeLessThanOrEqualTo(60);
            assertThat(shown.contains(id.toString())
                            || !shown.contains(id.toString().substring(0, 4)))
                    .as(shown)
                    .isTrue();
        }
    }

    @Test
    void tellsAllOfThemApart() {
        SqlValues one = new SqlValues();
        SqlValues other = new SqlValues();
        one.add("x".repeat(100) + "1");
        other.add("x".repeat(100) + "2");

        assertThat(one).hasToString(other.toString()).isNotEqualTo(other);
    }
}
