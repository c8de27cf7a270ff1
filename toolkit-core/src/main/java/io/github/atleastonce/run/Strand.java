package io.github.atleastonce.run;

import org.jspecify.annotations.Nullable;

/** One of the things that happen at once, and the thread that it happens on. All but {@code waiting} belongs to the turn. */
final class Strand {

    private static final int IDLE_POLLS = 500;

    final String name;
    private final Thread thread;

    /** What the I/O that the strand does now may wait for; null while it does none. */
    volatile @Nullable Contention contention;

    /** Is on its way back to wait for its turn: it only waits for the lock that all strands share. */
    volatile boolean returning;

    /** Waits for its turn. */
    boolean parked;
    /** Was seen to wait for what another strand holds, and has not come back. */
    boolean stuck;

    boolean done;
    /** The schedule has given it the turn, and it has not taken a step since. */
    boolean chosen;
    /** When it was parked last: who was put aside last goes on first. */
    long parkedAt;

    Run.Work work;

    @Nullable
    Throwable failure;

    private int idle;

    Strand(String name, Thread thread, Run.Work work) {
        this.name = name;
        this.thread = thread;
        this.work = work;
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    void begin() {
        thread.start();
    }

    boolean canGoOn() {
        return parked && !stuck && !done;
    }

    /** Says whether the strand cannot move, for all that can be seen from outside. */
    boolean cannotMove() {
        Contention io = contention;
        if (io != null) {
            return io.isBlocked();
        }
        idle = isIdle() ? idle + 1 : 0;
        return idle > IDLE_POLLS;
    }

    /** Says whether a strand that was stuck still is. */
    boolean remainsStuck() {
        if (!stuck || parked || returning) {
            return false;
        }
        Contention io = contention;
        return io == null ? isIdle() && !returning : io.isBlocked();
    }

    private boolean isIdle() {
        return switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            default -> false;
        };
    }
}
