package io.github.atleastonce.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left out when runs are compared, and what is not. */
class VaryingTests {

    private static String date(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atZone(ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource({"%s", "order_%s", "order-%s", "urn:uuid:%s", "orders/%s/lines"})
    void aUuidIsLeftOutWhateverStandsBeforeIt(String id) {
        assertThat(Varying.masked(id.formatted(UUID.randomUUID()))).isEqualTo(id.formatted("…"));
    }

    @Test
    void aDateOfHttpIsLeftOut() {
        assertThat(Varying.masked("Date: " + date(Instant.now()) + "; 30"))
                .isEqualTo("Date: …; 30")
                .isEqualTo(Varying.masked("Date: " + date(Instant.EPOCH) + "; 30"));
    }

    @ParameterizedTest
    @CsvSource({
        "order_17, order_18",
        "0123456789abcdef, 0123456789abcdee",
        "'Fri, 27 items', 'Fri, 28 items'",
        "2026-11-27, 2026-11-28",
    })
    void whatAServiceMayMeanIsCompared(String one, String other) {
        assertThat(Varying.masked(one)).isNotEqualTo(Varying.masked(other));
    }
}
