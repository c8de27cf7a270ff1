package io.github.atleastonce.task;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one run, of which one runs at a time. It switches to another, ends, or is suspended when it has to wait for what
 * another one holds. The task that was suspended last watches the running one; the first task is the thread of the test.
 *
 * @param <W> what a task does
 */
@API(status = API.Status.INTERNAL)
public final class Tasks<W> {

    /** How often a suspended task looks at the running one. */
    public static final long POLL_MILLIS = 1;
    /** A task that is not the first to wait looks for a deadlock once, soon after its wait begins. */
    private static final long PAST_DEADLOCK_CHECK_NANOS = 10_000_000;

    private final Switches<W> switches;
    private final W idle;
    private final Task<W> first;
    private final StandIns<W> standIns = new StandIns<>(this);
    /** The first task alone as long as no other has been started: most runs never have a second one. */
    private volatile List<Task<W>> all;

    private volatile Task<W> running;
    private volatile boolean several;
    private volatile boolean lent;
    private boolean over;
    private long clock;

    /**
     * Makes the calling thread the first task.
     *
     * @param switches keeps what is being done
     * @param idle what a task does at its beginning
     */
    public Tasks(Switches<W> switches, W idle) {
        this.switches = switches;
        this.idle = idle;
        this.first = new Task<>("the first", Thread.currentThread(), idle);
        this.running = first;
        this.all = List.of(first);
    }

    /**
     * Says whether the calling thread is the one that runs.
     *
     * @return whether it may move
     */
    public boolean isRunningHere() {
        return running.isHere();
    }

    /**
     * Lets the task that runs go on on another thread, while this one waits for it.
     *
     * @param thread the thread
     * @return what is given back by {@link #takeBack}
     */
    public synchronized Loan<W> lendTo(Thread thread) {
        lent = true;
        return new Loan<>(running, running.lendTo(thread));
    }

    /**
     * Lets a task go on where it was lent; what was lent on since comes back, too. Does nothing if it has come back already.
     *
     * @param loan what {@link #lendTo} has returned
     */
    public synchronized void takeBack(Loan<W> loan) {
        loan.task().takeBack(loan.times());
        lent = all.stream().anyMatch(Task::isLent);
        notifyAll();
    }

    /**
     * Says whether the calling thread is that of the test, and the first task is not lent to another.
     *
     * @return whether it is
     */
    public boolean isTheTests() {
        return first.beganHere() && first.isOwnHere();
    }

    /**
     * Says whether the first task happens on the calling thread.
     *
     * @return whether it is
     */
    public boolean isFirstHere() {
        return first.isHere();
    }

    /**
     * Says whether a task is the first one.
     *
     * @param task the task
     * @return whether it is
     */
    public boolean isFirst(Task<W> task) {
        return task == first;
    }

    /**
     * Says whether there are several tasks.
     *
     * @return whether another one than the first has been started
     */
    public boolean areSeveral() {
        return several;
    }

    /**
     * Does I/O; if it has to wait for another task, that one runs meanwhile.
     *
     * @param contention what the I/O may have to wait for
     * @param io what to do
     * @return the result
     * @throws Throwable what the I/O throws
     */
    public @Nullable Object perform(Contention contention, BlockingCall io) throws Throwable {
        Task<W> me = areSeveral() ? here() : null;
        if (me == null) {
            return io.call();
        }
        comeBack(me);
        if (all.stream().anyMatch(task -> task.blocked)) {
            contention.comesLast();
        }
        me.contention = contention;
        try {
            return io.call();
        } finally {
            me.returning = true;
            me.contention = null;
            comeBack(me);
        }
    }

    /** Waits to be switched to, if another task runs since this thread waited for something that is no I/O. */
    public void awaitSwitch() {
        standIns.awaitTheirEnd();
        if (isRunningHere()) {
            return;
        }
        if (lent) {
            awaitTakenBack();
        }
        Task<W> me = areSeveral() && !isRunningHere() ? here() : null;
        if (me != null) {
            comeBack(me);
        }
    }

    /** What a thread has waited for may be there before the one that brought it has given the turn back. */
    private synchronized void awaitTakenBack() {
        while (!over && all.stream().anyMatch(Task::isLentFromHere)) {
            pause();
        }
    }

    /**
     * Returns the threads that move in place of a task's own.
     *
     * @return who stands in for the tasks
     */
    public StandIns<W> standIns() {
        return standIns;
    }

    /** Says whether a condition holds of the running task, which may be none of all, or of another one. */
    boolean anyMatch(Predicate<Task<W>> condition) {
        return condition.test(running) || all.stream().anyMatch(condition);
    }

    private @Nullable Task<W> here() {
        for (Task<W> task : all) {
            if (task.isHere()) {
                return task;
            }
        }
        return null;
    }

    /**
     * Returns the task that runs.
     *
     * @return the running task
     */
    public Task<W> running() {
        return running;
    }

    /**
     * Returns the tasks that could run in its place.
     *
     * @return the suspended tasks that are neither blocked nor done
     */
    public List<Task<W>> suspended() {
        return all.stream().filter(task -> task != running && task.canGoOn()).toList();
    }

    /**
     * Counts what has not ended.
     *
     * @return the number of tasks
     */
    public long unfinished() {
        return all.stream().filter(task -> !task.done).count();
    }

    /**
     * Leaves the first task alone, when the others are done.
     *
     * @return all tasks so far
     */
    public List<Task<W>> disband() {
        List<Task<W>> before = all;
        all = List.of(first);
        several = false;
        return before;
    }

    /**
     * Starts a task and switches to it; returns when the task that called is switched to again.
     *
     * @param name the task's name
     * @param effect what it does
     */
    public void start(String name, Runnable effect) {
        Task<W> task = new Task<>(name, idle, started -> perform(started, effect));
        Task<W> me = running;
        synchronized (this) {
            List<Task<W>> more = new ArrayList<>(all);
            more.add(task);
            all = List.copyOf(more);
            several = true;
            suspend(me);
            switches.switchedTo(idle);
            running = task;
            task.start();
            awaitRunning(me);
        }
    }

    private void perform(Task<W> task, Runnable effect) {
        try {
            effect.run();
        } catch (Throwable failure) {
            task.failure = failure;
        }
        comeBack(task);
        synchronized (this) {
            task.done = true;
            awaitBlocked();
            Task<W> next = next();
            running = next != null ? next : first;
            if (first.blocked && running == first) {
                // Nobody is left that it could wait for: it has only not come back yet, which it does nowhere if it
                // waits for no I/O.
                first.blocked = false;
                goOn(first);
            }
            notifyAll();
        }
    }

    /**
     * Switches to another task; returns when the task that called is switched to again.
     *
     * @param task one of {@link #suspended()}
     */
    public synchronized void switchTo(Task<W> task) {
        Task<W> me = running;
        suspend(me);
        running = task;
        awaitRunning(me);
    }

    /** Lets every thread go that waits to be switched to, since the run is over. */
    public synchronized void end() {
        over = true;
        notifyAll();
    }

    private void suspend(Task<W> me) {
        me.suspended = true;
        me.suspendedAt = ++clock;
        me.work = switches.work();
    }

    private void comeBack(Task<W> me) {
        me.returning = true;
        waitFor(me);
    }

    private synchronized void waitFor(Task<W> me) {
        me.returning = false;
        if (running != me) {
            me.blocked = false;
            me.suspended = true;
            awaitRunning(me);
        }
        me.blocked = false;
    }

    /** Waits to be switched to, and switches away from a running task that cannot move. */
    private synchronized void awaitRunning(Task<W> me) {
        notifyAll();
        while (running != me && !over) {
            Task<W> other = running;
            pause();
            if (running == other && other != me && next() == me && other.cannotMove(all)) {
                other.blocked = true;
                other.work = switches.work();
                switches.blocked(other.work);
                awaitDeadlockCheck(other);
                running = me;
                notifyAll();
            }
        }
        me.suspended = false;
        goOn(me);
    }

    private void goOn(Task<W> task) {
        switches.switchedTo(task.work);
        switches.resumed(task.work);
    }

    /** A task that was not the first to wait looks for a deadlock; that must be over when the next one moves, or either may be its victim. */
    private void awaitDeadlockCheck(Task<W> last) {
        if (all.stream().anyMatch(task -> task.blocked && task != last)) {
            LockSupport.parkNanos(PAST_DEADLOCK_CHECK_NANOS);
        }
    }

    /** Waits until each task that was blocked has either come back or is seen to be blocked still. */
    public void awaitBlocked() {
        if (several) {
            awaitAllBlocked();
        }
    }

    private synchronized void awaitAllBlocked() {
        for (Task<W> task : all) {
            while (task.blocked && !task.remainsBlocked(all)) {
                pause();
            }
        }
    }

    /**
     * Returns the task that goes on if nobody says otherwise: the one suspended last.
     *
     * @return the task, or null if none can go on
     */
    public synchronized @Nullable Task<W> next() {
        Task<W> next = null;
        for (Task<W> task : all) {
            if (task.canGoOn() && (next == null || task.suspendedAt > next.suspendedAt)) {
                next = task;
            }
        }
        return next;
    }

    /**
     * Returns what the tasks beside the first one were doing that have not ended.
     *
     * @return the works, empty when all are done
     */
    public synchronized List<W> others() {
        return all.stream()
                .filter(task -> task != first && !task.done)
                .map(task -> task.work)
                .toList();
    }

    private void pause() {
        try {
            wait(POLL_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "The test was interrupted while several things happened at once.", interrupted);
        }
    }
}
