package io.github.atleastonce.http;

import com.github.tomakehurst.wiremock.matching.EqualToJsonPattern;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys under which a third party has done something, kept as Stripe and most others do: for a day, by what was asked the first time,
 * whose answer every repetition gets. PUT and DELETE may be repeated without a key: what they are about is their key.
 */
final class IdempotencyKeys {

    private static final Set<String> REPEATABLE = Set.of("PUT", "DELETE");

    private final InstantSource clock;
    private final Map<String, Kept> kept = new HashMap<>(2);
    private String header = "Idempotency-Key";
    private Duration time = Duration.ofHours(24);

    /** What was done under a key. */
    static final class Kept {

        private final LoggedRequest first;
        private final StubMapping stub;
        private final Instant since;
        /** The request whose answer was the first that reached anybody. */
        private UUID answered;

        private Kept(LoggedRequest first, StubMapping stub, Instant since) {
            this.first = first;
            this.stub = stub;
            this.since = since;
            this.answered = first.getId();
        }

        StubMapping stub() {
            return stub;
        }

        UUID answered() {
            return answered;
        }

        void answeredBy(LoggedRequest request) {
            answered = request.getId();
        }

        boolean isFor(LoggedRequest request) {
            return first.getMethod().equals(request.getMethod())
                    && first.getUrl().equals(request.getUrl())
                    && isSameText(first.getBodyAsString(), request.getBodyAsString());
        }
    }

    IdempotencyKeys(InstantSource clock) {
        this.clock = clock;
    }

    void in(String name) {
        header = name;
    }

    void keptFor(Duration wanted) {
        time = wanted;
    }

    String header() {
        return header;
    }

    /** Returns the key that a caller has given. */
    @Nullable
    String given(LoggedRequest request) {
        return request.containsHeader(header) ? request.getHeader(header) : null;
    }

    /** Returns the key by which repetitions of a request are recognised. */
    @Nullable
    private String of(LoggedRequest request) {
        String given = given(request);
        if (given != null) {
            return "key " + given;
        }
        String method = request.getMethod().getName();
        return REPEATABLE.contains(method) ? method + " " + request.getUrl() + " " + request.getBodyAsString() : null;
    }

    /** Returns what was done under the key of a request. */
    @Nullable
    Kept find(LoggedRequest request) {
        String key = of(request);
        Kept found = key == null ? null : kept.get(key);
        return found != null && clock.instant().isBefore(found.since.plus(time)) ? found : null;
    }

    /** Keeps what is done now. */
    void keep(LoggedRequest request, StubMapping stub) {
        String key = of(request);
        if (key != null) {
            kept.put(key, new Kept(request, stub, clock.instant()));
        }
    }

    private static boolean isSameText(String one, String two) {
        if (one.equals(two)) {
            return true;
        }
        try {
            return new EqualToJsonPattern(one, false, false).match(two).isExactMatch();
        } catch (RuntimeException noJson) {
            return false;
        }
    }
}
