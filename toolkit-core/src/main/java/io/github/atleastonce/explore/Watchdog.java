package io.github.atleastonce.explore;

import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Bounds;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the run at hand: tells of one that takes long, with its schedule and where it is, and ends it at its bound, where it can be ended. Its thread
 * is there only while it looks. Safe for use by several threads.
 */
final class Watchdog {

    private static final Duration TELL = Duration.ofSeconds(30);
    private static final int FRAMES = 12;

    private final Bounds bounds;
    private final Consumer<String> out;
    private final long runNanos;
    private final long undeliveredNanos;
    private @Nullable Watched watched;
    private @Nullable Watched ended;
    private boolean looking;
    private boolean over;

    private static final class Watched {

        final Trial trial;
        final Run run;
        final Thread thread = Thread.currentThread();
        final long began = System.nanoTime();
        final long bound;
        long told;

        @Nullable
        NotSettledException cut;

        Watched(Trial trial, Run run, long bound) {
            this.trial = trial;
            this.run = run;
            this.bound = bound;
            this.told = began;
        }
    }

    Watchdog(Bounds bounds, Consumer<String> out) {
        this.bounds = bounds;
        this.out = out;
        this.runNanos = bounds.runTimeout().toNanos();
        // A body that waits for what is not delivered has noticed soon enough.
        Duration settling = bounds.settleTimeout().multipliedBy(3);
        this.undeliveredNanos = settling.compareTo(bounds.runTimeout()) < 0 ? settling.toNanos() : runNanos;
    }

    /** Begins to watch, on the thread of the run. */
    synchronized void begins(Trial trial, Run run) {
        watched = new Watched(trial, run, trial.kind() == Trial.Kind.UNDELIVERED ? undeliveredNanos : runNanos);
        ended = null;
        if (!looking) {
            looking = true;
            lookLater();
        }
    }

    /** Says by what a run was cut short, if it was. */
    synchronized @Nullable NotSettledException cut(Trial trial) {
        Watched last = watched == null ? ended : watched;
        return last != null && last.trial == trial ? last.cut : null;
    }

    /** Ends watching, on the thread of the run, which goes on as if nobody had woken it. */
    synchronized void ends() {
        ended = watched;
        watched = null;
        if (ended != null && ended.cut != null) {
            Thread.interrupted();
        }
    }

    synchronized void close() {
        over = true;
        watched = null;
        ended = null;
    }

    private void lookLater() {
        long millis = Math.max(1, Math.min(TELL.toMillis(), bounds.runTimeout().toMillis() / 4));
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, Watchdog::start)
                .execute(this::look);
    }

    private static void start(Runnable look) {
        Thread thread = new Thread(look, "AtLeastOnce watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized void look() {
        Watched present = watched;
        if (over || present == null) {
            looking = false;
            return;
        }
        long now = System.nanoTime();
        if (now - present.began >= present.bound && present.cut == null) {
            cut(present);
        } else if (now - present.told >= TELL.toNanos()) {
            present.told = now;
            tell(
                    present,
                    "has been running for "
                            + Duration.ofNanos(now - present.began).toSeconds() + " s");
        }
        lookLater();
    }

    private void cut(Watched hanging) {
        String bound = Bound.RUN_TIMEOUT.in(bounds);
        StackTraceElement[] stack = hanging.thread.getStackTrace();
        hanging.cut =
                new NotSettledException(bound, List.of(stack.length == 0 ? "a thread that has ended" : place(stack)));
        tell(hanging, "did not end within " + bound + ", and is cut short");
        try {
            hanging.run.cutShort(bound);
        } catch (RuntimeException unfinished) {
            // It is the work of another thread; interrupting that may be enough.
        }
        hanging.thread.interrupt();
    }

    /** The first frame that is the application's own says most. */
    private static String place(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> !frame.getClassName().startsWith("java.")
                        && !frame.getClassName().startsWith("jdk.")
                        && !frame.getClassName().startsWith("sun."))
                .findFirst()
                .orElse(stack[0])
                .toString();
    }

    private void tell(Watched hanging, String what) {
        String stack = Arrays.stream(hanging.thread.getStackTrace())
                .limit(FRAMES)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
        out.accept("\"" + hanging.trial.name() + "\" " + what + ". Replay: -Datleastonce.replay='"
                + hanging.trial.token() + "'" + stack);
    }
}
