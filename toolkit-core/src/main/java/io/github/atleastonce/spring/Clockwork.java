package io.github.atleastonce.spring;

import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.schedule.Bounds;
import java.time.Duration;

/** What schedulers do by the clock: it rests in runs, and in the short time between two of them. Safe for use by several threads. */
final class Clockwork {

    private static final Duration BETWEEN_RUNS = Duration.ofSeconds(1);

    private boolean stopped;
    private boolean explored;
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
        boolean rests = stopped || explored && System.nanoTime() - since < BETWEEN_RUNS.toNanos();
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
        long deadline = System.nanoTime() + bounds.settleTimeout().toNanos();
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
