package io.github.atleastonce.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sender that tries again by itself a certain number of times.
 *
 * @param signing signs
 * @param waits how long it waits before each further try
 * @param listening whether it does what {@code Retry-After} and {@code 410 Gone} ask of it
 */
record Calendar(Sender signing, List<Duration> waits, boolean listening) implements Sender {

    private static final int GONE = 410;

    /** That of Svix, which Standard Webhooks gives as its example. */
    static final List<Duration> STANDARD = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(10));

    /** For up to three days, further and further apart; how far is not said. */
    static final List<Duration> STRIPE = doubling(Duration.ofMinutes(1), Duration.ofDays(3));

    private static List<Duration> doubling(Duration first, Duration all) {
        List<Duration> waits = new ArrayList<>();
        Duration rest = all;
        for (Duration wait = first; wait.compareTo(rest) <= 0; wait = wait.multipliedBy(2)) {
            waits.add(wait);
            rest = rest.minus(wait);
        }
        return List.copyOf(waits);
    }

    @Override
    public Map<String, String> headers(String id, Instant time, String body) {
        return signing.headers(id, time, body);
    }

    @Override
    public Optional<Duration> retryAfter(int tries) {
        return tries <= waits.size() ? Optional.of(waits.get(tries - 1)) : Optional.empty();
    }

    @Override
    public boolean heedsRetryAfter() {
        return listening;
    }

    @Override
    public boolean isDisabledBy(int status) {
        return listening && status == GONE;
    }
}
