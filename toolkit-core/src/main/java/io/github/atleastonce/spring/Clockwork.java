package io.github.atleastonce.spring;

import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.schedule.Bounds;
import java.time.Duration;

/** What schedulers do by the clock: it rests in runs, and in the short time between two of them. Safe for use by several threads. */
final class Clockwork {

    private static final Duration BETWEEN_RUNS = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofSeconds(5);

    private boolean stopped;
    private boolean explored;
    private boolean resting;
    private long since;
    private int going;

    /** Does something, if it is time for it. */
    void perform(Runnable work) {
        if (!begins()) {
            return;
        }
        try {
            work.run();
        } finally {
            ends();
        }
    }

    private synchronized boolean begins() {
        boolean rests = stopped || resting || explored && System.nanoTime() - since < BETWEEN_RUNS.toNanos();
        going += rests ? 0 : 1;
        return !rests;
    }

    private synchronized void ends() {
        going--;
        notifyAll();
    }

    /** Waits for what goes on, and lets nothing begin until the life is over. */
    synchronized void stopFor(Lifetime life, Bounds bounds) {
        stopped = true;
        explored = true;
        life.onDeath(this::goOn);
        awaitEnd(bounds.settleTimeout());
    }

    /** Lets nothing begin until somebody uses the application again, if it was part of a run: what a failed one has left is nobody's. */
    synchronized void rest() {
        if (explored) {
            resting = true;
            awaitEnd(LAST);
        }
    }

    synchronized void resume() {
        resting = false;
    }

    private void awaitEnd(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (going > 0 && System.nanoTime() < deadline) {
            pause();
        }
    }

    private synchronized void goOn() {
        stopped = false;
        since = System.nanoTime();
    }

    private void pause() {
        try {
            wait(20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a scheduled method was at work.", interrupted);
        }
    }
}
