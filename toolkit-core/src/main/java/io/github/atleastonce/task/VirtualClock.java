package io.github.atleastonce.task;

import io.github.atleastonce.state.Captured;
import io.github.atleastonce.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A clock that begins at the same instant in each run and moves only when it is told to, and what becomes due on the way.
 *
 * @param <T> what becomes due
 */
@API(status = API.Status.INTERNAL)
public final class VirtualClock<T> implements InstantSource, Captured {

    /** The first of January 2001; not parsed, since that would load half of java.time into each short-lived test JVM. */
    private static final Instant START = Instant.ofEpochSecond(978_307_200);

    private static final Duration PAST = Duration.ofMillis(1);

    private @Nullable PriorityQueue<Timer<T>> timers;
    private Instant now = START;
    private long created;
    private boolean consulted;

    /**
     * Something that becomes due.
     *
     * @param deadline when
     * @param number in the order in which they were made
     * @param what what becomes due
     * @param <T> its type
     */
    public record Timer<T>(Instant deadline, long number, T what) {}

    /** Creates a clock at its beginning. */
    public VirtualClock() {}

    @Override
    public Instant instant() {
        consulted = true;
        return now;
    }

    /**
     * Returns the present instant to whoever moves the clock, which is no reason to take it for something that counts.
     *
     * @return the instant
     */
    public Instant now() {
        return now;
    }

    @Override
    public void capture(Snapshot into) {
        into.aside("clock", consulted, now.toString());
        if (timers != null) {
            timers.stream()
                    .sorted(timers.comparator())
                    .forEach(timer -> into.text(
                                    Duration.between(now, timer.deadline()).toString())
                            .memory(timer.what()));
        }
    }

    @Override
    public boolean isVisible() {
        return false;
    }

    /**
     * Lets something become due.
     *
     * @param after after how long
     * @param what what becomes due
     * @return the timer, to be cancelled
     */
    public Timer<T> schedule(Duration after, T what) {
        PriorityQueue<Timer<T>> all = timers;
        if (all == null) {
            all = new PriorityQueue<>(
                    Comparator.<Timer<T>, Instant>comparing(Timer::deadline).thenComparingLong(Timer::number));
            timers = all;
        }
        Timer<T> timer = new Timer<>(now.plus(after), created++, what);
        all.add(timer);
        return timer;
    }

    /**
     * Forgets timers.
     *
     * @param which which ones
     */
    public void forget(Predicate<Timer<T>> which) {
        if (timers != null) {
            timers.removeIf(which);
        }
    }

    /**
     * Says how far the clock has to jump so that the next timer is due.
     *
     * @param otherwise how far it jumps if there is none
     * @return how far
     */
    public Duration nextJump(Duration otherwise) {
        Timer<T> next = timers == null ? null : timers.peek();
        if (next == null) {
            return otherwise;
        }
        Duration wait = Duration.between(now, next.deadline());
        return wait.isNegative() ? PAST : wait.plus(PAST);
    }

    /**
     * Moves towards an instant.
     *
     * @param target the instant
     * @return the first timer that is due on the way, or null once the clock is there
     */
    public @Nullable Timer<T> moveTo(Instant target) {
        Timer<T> next = timers == null ? null : timers.peek();
        if (timers != null && next != null && !next.deadline().isAfter(target)) {
            timers.remove();
            now = now.isAfter(next.deadline()) ? now : next.deadline();
            return next;
        }
        now = target;
        return null;
    }
}
