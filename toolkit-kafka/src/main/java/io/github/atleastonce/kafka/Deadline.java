package io.github.atleastonce.kafka;

import io.github.atleastonce.explore.DisturbedException;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Bounds;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * How long consumers may take. A group that has changed its members gets more time than the service: a member that stops without leaving, or
 * in the middle of joining, keeps its partitions until Kafka ends its session, and no service is to blame for that.
 */
final class Deadline {

    private static final long PAUSE = Duration.ofMillis(500).toNanos();

    private final Bounds bounds;
    private final Supplier<List<String>> changing;
    private final long first;
    private final long last;
    private long next;
    private List<String> restless = List.of();
    private long extended;

    /**
     * Begins to count.
     *
     * @param bounds how long consumers may take whose group stays as it is, and how much longer others
     * @param changing looks which groups may be waiting for a member that has gone, in words
     */
    Deadline(Bounds bounds, Supplier<List<String>> changing) {
        this.bounds = bounds;
        this.changing = changing;
        this.first = System.nanoTime() + bounds.settleTimeout().toNanos();
        this.last = first + bounds.rebalanceTimeout().toNanos();
        this.next = first;
    }

    /**
     * Says whether the time is over.
     *
     * @throws DisturbedException if a group has been changing all the time
     */
    boolean isOver() {
        long now = System.nanoTime();
        if (now - next < 0) {
            return false;
        }
        List<String> present = changing.get();
        if (present.isEmpty()) {
            return true;
        }
        restless = present;
        extended = now - first;
        if (now - last >= 0) {
            throw new DisturbedException(
                    "Consumers kept joining and leaving for " + Bound.REBALANCE_TIMEOUT.in(bounds) + ": "
                            + String.join(", ", restless) + ".",
                    "Let consumers join before the test begins and leave after it, and look whether they die and are started again.");
        }
        next = Math.min(now + PAUSE, last);
        return false;
    }

    /** Names the bound that was reached, and says why it took longer. */
    @Override
    public String toString() {
        String settling = Bound.SETTLE_TIMEOUT.in(bounds);
        return restless.isEmpty()
                ? settling
                : settling + ", nor in " + (Duration.ofNanos(extended).toSeconds() + 1) + " s more, since "
                        + String.join(", ", restless) + " (" + Bound.REBALANCE_TIMEOUT.in(bounds) + ")";
    }
}
