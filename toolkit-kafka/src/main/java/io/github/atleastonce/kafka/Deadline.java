package io.github.atleastonce.kafka;

import io.github.atleastonce.run.DisturbedException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * How long consumers may take. A group that has changed its members gets more time than the service: a member that stops without leaving, or
 * in the middle of joining, keeps its partitions until Kafka ends its session, and no service is to blame for that.
 */
final class Deadline {

    private static final Duration CHANGING = Duration.ofMinutes(2);
    private static final long PAUSE = Duration.ofMillis(500).toNanos();

    private final Supplier<List<String>> changing;
    private final long last;
    private long next;

    /**
     * Begins to count.
     *
     * @param time how long consumers may take whose group stays as it is
     * @param changing looks which groups may be waiting for a member that has gone, in words
     */
    Deadline(Duration time, Supplier<List<String>> changing) {
        this(time, changing, CHANGING);
    }

    Deadline(Duration time, Supplier<List<String>> changing, Duration more) {
        this.changing = changing;
        this.next = System.nanoTime() + time.toNanos();
        this.last = next + more.toNanos();
    }

    /**
     * Says whether the time is over.
     *
     * @throws DisturbedException if a group has been changing all the time
     */
    boolean isOver() {
        long now = System.nanoTime();
        if (now < next) {
            return false;
        }
        List<String> restless = changing.get();
        if (restless.isEmpty()) {
            return true;
        }
        if (now >= last) {
            throw new DisturbedException(
                    "Consumers kept joining and leaving: " + String.join(", ", restless) + ".",
                    "Let consumers join before the test begins and leave after it, and look whether they die and are started again.");
        }
        next = Math.min(now + PAUSE, last);
        return false;
    }
}
