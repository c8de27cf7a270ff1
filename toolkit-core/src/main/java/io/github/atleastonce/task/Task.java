package io.github.atleastonce.task;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One of the things that happen at once, and the thread that it happens on. All but {@code contention} belongs to the running
 * task.
 *
 * @param <W> what it does
 */
@API(status = API.Status.INTERNAL)
public final class Task<W> {

    /** So often a thread is seen to wait for nobody knows what, before it counts as blocked. */
    private static final int IDLE_POLLS = 500;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** What the I/O that the task does now may wait for; null while it does none. */
    volatile @Nullable Contention contention;

    /** Is on its way back to wait for its switch: it only waits for the lock that all tasks share. */
    volatile boolean returning;

    /** Moves in place of this task's own thread, which waits for what it does; null while nobody does. */
    volatile @Nullable Thread standIn;

    /** Waits for what another thread does, which may move in its place. */
    volatile boolean invites;

    /** Waits to be switched to. */
    boolean suspended;
    /** Was seen to wait for what another task holds, and has not come back. */
    boolean blocked;

    boolean done;
    /** When it was suspended last: the task suspended last goes on first. */
    long suspendedAt;

    W work;

    @Nullable
    Throwable failure;

    private final String name;
    private final Thread thread;
    /** To whom its own thread, and each of these in turn, has lent it, and waits. */
    private volatile List<Thread> lentTo = List.of();

    private int idle;

    Task(String name, Thread thread, W work) {
        this.name = name;
        this.thread = thread;
        this.work = work;
    }

    /** Makes one with a thread of its own, which is not started. */
    Task(String name, W work, Consumer<Task<W>> effect) {
        this.name = name;
        this.work = work;
        this.thread = new Thread(() -> effect.accept(this), name);
        this.thread.setDaemon(true);
    }

    /**
     * Returns the name that this task was started with.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Returns what this task was doing when it was suspended.
     *
     * @return its work
     */
    public W work() {
        return work;
    }

    /**
     * Returns what ended this task.
     *
     * @return what was thrown, or null
     */
    public @Nullable Throwable failure() {
        return failure;
    }

    /**
     * Returns the thread that this task happens on.
     *
     * @return its own, or the one that it was lent to last
     */
    public Thread thread() {
        List<Thread> others = lentTo;
        return others.isEmpty() ? thread : others.get(others.size() - 1);
    }

    /** Lets the task happen on another thread, and returns how often it was lent before. */
    int lendTo(Thread other) {
        List<Thread> more = new ArrayList<>(lentTo);
        more.add(other);
        lentTo = List.copyOf(more);
        return more.size() - 1;
    }

    /** Lets the task happen where it did when it had been lent so often; what was lent on since has not come back, and does not count. */
    void takeBack(int times) {
        List<Thread> others = lentTo;
        if (others.size() > times) {
            lentTo = others.subList(0, times);
        }
    }

    boolean isLent() {
        return !lentTo.isEmpty();
    }

    /** Says whether the calling thread has lent this task, and waits until it comes back. */
    boolean isLentFromHere() {
        Thread here = Thread.currentThread();
        return isLent() && thread() != here && (thread == here || lentTo.contains(here));
    }

    boolean isHere() {
        return Thread.currentThread() == moving();
    }

    /** Says whether the calling thread is this task's own, wherever it happens. */
    boolean beganHere() {
        return Thread.currentThread() == thread;
    }

    /** Says whether the calling thread is the one that this task happens on. */
    boolean isOwnHere() {
        return Thread.currentThread() == thread();
    }

    /** Says whether the calling thread is this task's own, and another one moves in its place. */
    boolean isStoodInForHere() {
        return standIn != null && isOwnHere();
    }

    private Thread moving() {
        Thread other = standIn;
        return other == null ? thread() : other;
    }

    void start() {
        thread.start();
    }

    boolean canGoOn() {
        return suspended && !blocked && !done;
    }

    /** Says whether the task cannot move, for all that can be seen from outside. */
    boolean cannotMove(Collection<Task<W>> all) {
        Contention io = contention;
        if (io != null) {
            return io.isBlocked();
        }
        idle = isIdle() ? idle + 1 : 0;
        return idle > IDLE_POLLS || idle > 0 && lockIsHeldBy(all);
    }

    /** Says whether a task that was blocked still is. */
    boolean remainsBlocked(Collection<Task<W>> all) {
        if (!blocked || suspended || returning) {
            return false;
        }
        Contention io = contention;
        if (io != null) {
            return io.isBlocked();
        }
        return isIdle() && !isAboutToGetLock(all) && !returning;
    }

    /** Says whether it waits for a monitor or a lock of this JVM that no task holds, so that it has it soon. */
    private boolean isAboutToGetLock(Collection<Task<W>> all) {
        Thread moving = moving();
        if (moving.getState() == Thread.State.BLOCKED) {
            return !lockIsHeldBy(all);
        }
        return LockSupport.getBlocker(moving) instanceof AbstractOwnableSynchronizer lock
                && !lockIsHeldBy(all)
                && (hasOwner() || isFree(lock));
    }

    private boolean hasOwner() {
        ThreadInfo info = THREADS.getThreadInfo(moving().getId());
        return info != null && info.getLockOwnerId() != -1;
    }

    /** A latch, a semaphore and a lock that is held for reading have no owner either, and may be waited for as long as the others do nothing. */
    private static boolean isFree(AbstractOwnableSynchronizer lock) {
        return lock.getClass().getName().startsWith(ReentrantLock.class.getPackageName() + ".Reentrant")
                && lock.toString().contains("State = 0");
    }

    /**
     * Says whether another task holds the lock that this one waits for. One that only waits to be switched to is not blocked, although the one that watches may hold that lock;
     * nor is one whose own thread waits for the thread that it is lent to.
     */
    private boolean lockIsHeldBy(Collection<Task<W>> all) {
        ThreadInfo info = THREADS.getThreadInfo(moving().getId());
        LockInfo lock = info == null ? null : info.getLockInfo();
        if (lock == null || lock.getClassName().equals(Tasks.class.getName())) {
            return false;
        }
        long owner = info.getLockOwnerId();
        return all.stream().anyMatch(task -> task != this && task.moving().getId() == owner);
    }

    private boolean isIdle() {
        return switch (moving().getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            default -> false;
        };
    }
}
