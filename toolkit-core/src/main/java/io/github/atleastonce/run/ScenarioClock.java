package io.github.atleastonce.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The time of a run. It begins at the same instant in each run and moves only when a DELAY or the body moves it. */
final class ScenarioClock implements InstantSource {

    /** The first of January 2001; not parsed, since that would load half of java.time into each short-lived test JVM. */
    private static final Instant START = Instant.ofEpochSecond(978_307_200);

    private static final Duration PAST = Duration.ofMillis(1);

    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparing(Timer::deadline).thenComparingLong(Timer::number));
    private Instant now = START;
    private long created;

    record Timer(Instant deadline, long number, Lifetime life, Action action) {}

    @Override
    public Instant instant() {
        return now;
    }

    Timer schedule(Duration after, Lifetime life, Action action) {
        Timer timer = new Timer(now.plus(after), created++, life, action);
        timers.add(timer);
        return timer;
    }

    void cancel(Timer timer) {
        timers.remove(timer);
    }

    void forget(Lifetime life) {
        timers.removeIf(timer -> timer.life() == life);
    }

    /** Says how far the clock has to jump so that the next timer is due, or else how far it jumps by default. */
    Duration nextJump(Duration otherwise) {
        Timer next = timers.peek();
        if (next == null) {
            return otherwise;
        }
        Duration wait = Duration.between(now, next.deadline());
        return wait.isNegative() ? PAST : wait.plus(PAST);
    }

    /** Moves towards an instant and returns the first timer that is due on the way, or null once it is there. */
    @Nullable
    Timer moveTo(Instant target) {
        Timer next = timers.peek();
        if (next != null && !next.deadline().isAfter(target)) {
            timers.remove();
            now = now.isAfter(next.deadline()) ? now : next.deadline();
            return next;
        }
        now = target;
        return null;
    }
}
