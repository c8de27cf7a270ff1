package io.github.atleastonce.http;

import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What an endpoint has answered to a delivery.
 *
 * @param status the status
 * @param retryAfter what it says by {@code Retry-After}: seconds, or a date
 */
record Reply(int status, Optional<String> retryAfter) {

    static Reply of(HttpResponse<?> response) {
        return new Reply(response.statusCode(), response.headers().firstValue("Retry-After"));
    }

    boolean isTaken() {
        return status / 100 == 2;
    }

    /** Says how long it asks to wait. What is neither seconds nor a date asks for nothing. */
    Duration wait(Instant now) {
        return retryAfter.map(text -> wait(text.strip(), now)).orElse(Duration.ZERO);
    }

    private static Duration wait(String text, Instant now) {
        try {
            return text.matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(now, Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException none) {
            return Duration.ZERO;
        }
    }
}
