package io.github.atleastonce.run;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One of the things that happen at once, and the thread that it happens on. All but {@code contention} belongs to the turn. */
final class Strand {

    private static final int IDLE_POLLS = 500;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

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
    boolean cannotMove(Collection<Strand> all) {
        Contention io = contention;
        if (io != null) {
            return io.isBlocked();
        }
        idle = isIdle() ? idle + 1 : 0;
        return idle > IDLE_POLLS || idle > 0 && lockIsHeldBy(all);
    }

    /** Says whether a strand that was stuck still is. */
    boolean remainsStuck(Collection<Strand> all) {
        if (!stuck || parked || returning) {
            return false;
        }
        Contention io = contention;
        if (io != null) {
            return io.isBlocked();
        }
        return isIdle() && (!waitsForLock() || lockIsHeldBy(all)) && !returning;
    }

    /** Says whether it waits for a monitor or a lock of this JVM that has owners, whoever that is at this moment. */
    private boolean waitsForLock() {
        return thread.getState() == Thread.State.BLOCKED
                || LockSupport.getBlocker(thread) instanceof AbstractOwnableSynchronizer;
    }

    /** Who only waits to hand the turn on is not held up, although one who watches may hold that lock. */
    private boolean lockIsHeldBy(Collection<Strand> all) {
        ThreadInfo info = THREADS.getThreadInfo(thread.getId());
        LockInfo lock = info == null ? null : info.getLockInfo();
        if (lock == null || lock.getClassName().equals(TurnTaking.class.getName())) {
            return false;
        }
        long owner = info.getLockOwnerId();
        return all.stream().anyMatch(strand -> strand.thread.getId() == owner);
    }

    private boolean isIdle() {
        return switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            default -> false;
        };
    }
}
