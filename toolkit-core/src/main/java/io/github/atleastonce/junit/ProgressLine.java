package io.github.atleastonce.junit;

import io.github.atleastonce.explore.Progress;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Says now and then how far a long exploration has come: each second where somebody looks on, else each minute. */
final class ProgressLine {

    private static final Duration WATCHED = Duration.ofSeconds(1);
    private static final Duration UNWATCHED = Duration.ofMinutes(1);
    private static final Duration NEVER = Duration.ofDays(10_000);

    private final String test;
    private final Consumer<String> out;
    private final LongSupplier nanoTime;
    private final long interval;
    private final long began;
    private long last;

    ProgressLine(String test, Duration interval, LongSupplier nanoTime, Consumer<String> out) {
        this.test = test;
        this.out = out;
        this.nanoTime = nanoTime;
        this.interval = interval.toNanos();
        this.began = nanoTime.getAsLong();
        this.last = began;
    }

    static ProgressLine of(String test, boolean wanted) {
        return new ProgressLine(test, interval(wanted, Console.isTerminal()), System::nanoTime, Console::line);
    }

    /** Says how often something is said; what hangs is told also to those who want to hear nothing. */
    static Duration interval(boolean wanted, boolean terminal) {
        if (!wanted) {
            return NEVER;
        }
        return terminal ? WATCHED : UNWATCHED;
    }

    /** Looks at the clock after a run, and says something if it is time. */
    void after(Progress progress) {
        long now = nanoTime.getAsLong();
        if (now - last < interval) {
            return;
        }
        last = now;
        long seconds = Duration.ofNanos(now - began).toSeconds();
        String speed = progress.all() < seconds || seconds == 0 ? "" : ", " + progress.all() / seconds + " a second";
        out.accept(test + ": " + progress.runs() + " of " + progress.schedules() + " schedules with "
                + progress.faults() + (progress.faults() == 1 ? " fault; " : " faults; ") + progress.all() + " runs in "
                + seconds + " s" + speed);
    }

    /** Says at once something of a run that takes long. */
    void hint(String line) {
        out.accept(test + ": " + line);
    }

    /** Returns the time since the beginning. */
    Duration taken() {
        return Duration.ofNanos(nanoTime.getAsLong() - began);
    }
}
