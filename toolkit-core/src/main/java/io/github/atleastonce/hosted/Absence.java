package io.github.atleastonce.hosted;

import io.github.atleastonce.schedule.Bounds;
import java.util.Set;

/** Who is still to come, and since when. Guarded by whoever has it. */
final class Absence {

    private final Bounds bounds;
    private Set<String> missed = Set.of();
    private long since;

    Absence(Bounds bounds) {
        this.bounds = bounds;
    }

    /** Says whether somebody is missing, and the same not for longer than {@code arrivalTimeout}. */
    boolean isWorthWaitingFor(Set<String> missing) {
        if (missing.isEmpty()) {
            missed = Set.of();
            return false;
        }
        if (!missing.equals(missed)) {
            missed = missing;
            since = System.nanoTime();
        }
        return System.nanoTime() - since < bounds.arrivalTimeout().toNanos();
    }
}
