package io.github.atleastonce.junit;

import io.github.atleastonce.explore.Budget;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Bounds;
import java.time.Duration;
import java.util.Arrays;

/** What a build is for, which says how far its fault tests are to come. */
enum Profile {
    /** Somebody waits for it. */
    PULL_REQUEST("pull-request", Duration.ofSeconds(10), 0),

    /** Nobody waits for it. */
    NIGHTLY("nightly", Duration.ofMinutes(10), 1);

    static final String WANTED = "'pull-request' or 'nightly'";

    private final String title;
    private final Duration time;
    private final int further;

    Profile(String title, Duration time, int further) {
        this.title = title;
        this.time = time;
        this.further = further;
    }

    static Profile named(String text) {
        return Arrays.stream(values())
                .filter(profile -> profile.title.equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    Duration time() {
        return time;
    }

    Budget budget(Duration given) {
        return new Budget(given, title);
    }

    /** Changes what suits a transport: the budget is to be what ends an exploration. */
    Bounds on(Bounds suitable) {
        Bounds bounds = suitable.withMaxFaults(suitable.maxFaults() + further);
        return time.compareTo(bounds.timeout()) < 0
                ? bounds
                : bounds.with(Bound.TIMEOUT, time.multipliedBy(2).toString());
    }
}
