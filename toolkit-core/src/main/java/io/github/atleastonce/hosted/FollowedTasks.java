package io.github.atleastonce.hosted;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.run.Crash;
import io.github.atleastonce.run.CurrentWork;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.Work;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.task.Loan;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Work that lives hand over to executors. The thread of the executor waits with it until the run resumes it: in {@code settle()}, before anything
 * else is delivered, in the order in which it was handed over; or earlier, if whoever runs waits for it. So one thread moves at a time, what it does
 * are steps, and the process may die between the handing over and the work. Safe for use by several threads.
 */
@API(status = API.Status.INTERNAL)
public final class FollowedTasks {

    private static final long POLL_MILLIS = 1;

    private final Run run;
    private final CurrentWork current;
    private final List<FollowedTask> waiting = new ArrayList<>(0);
    private final Map<Thread, FollowedTask> begun = new ConcurrentHashMap<>(2);
    private boolean over;

    private FollowedTasks(Run run) {
        this.run = run;
        this.current = run.current();
    }

    /**
     * Returns the followed work of a run.
     *
     * @param run the run
     * @return the same for each call
     */
    public static FollowedTasks of(Run run) {
        return run.belonging(FollowedTasks.class, FollowedTasks::joining);
    }

    private static FollowedTasks joining(Run run) {
        FollowedTasks tasks = new FollowedTasks(run);
        run.join(new FollowedWork(tasks));
        return tasks;
    }

    /**
     * Hands work over, by what gives it to the executor.
     *
     * @param life the life that hands it over
     * @param work what is to be executed
     * @param executor takes what it is to execute instead
     * @param <T> what the executor returns
     * @return what the executor has returned
     */
    public <T extends @Nullable Object> T execute(Lifetime life, Runnable work, Function<Runnable, T> executor) {
        FollowedTask task = handOver(life, Executors.callable(work), work);
        return given(task, executor, task);
    }

    /**
     * Hands work over that gives a result, by what gives it to the executor.
     *
     * @param life the life that hands it over
     * @param work what is to be called
     * @param executor takes what it is to call instead
     * @param <T> what the executor returns
     * @return what the executor has returned
     */
    public <T extends @Nullable Object> T call(Lifetime life, Callable<?> work, Function<Callable<?>, T> executor) {
        FollowedTask task = handOver(life, work, null);
        return given(task, executor, task);
    }

    private synchronized FollowedTask handOver(Lifetime life, Callable<?> work, @Nullable Runnable executed) {
        FollowedTask task = new FollowedTask(this, life, new AsyncCause(cause(life)), work, executed);
        waiting.add(task);
        return task;
    }

    private Cause cause(Lifetime life) {
        return current.isAService() ? current.cause() : Cause.partOf(life.service(), "call");
    }

    private <A, T extends @Nullable Object> T given(FollowedTask task, Function<A, T> executor, A instead) {
        try {
            return executor.apply(instead);
        } catch (RuntimeException | Error refused) {
            synchronized (this) {
                waiting.remove(task);
            }
            throw refused;
        }
    }

    /**
     * Returns the life for which the calling thread does work that was handed over, even if that life has died.
     *
     * @return the life, or empty if this thread has none
     */
    public Optional<Lifetime> lifeHere() {
        return Optional.ofNullable(begun.get(Thread.currentThread())).map(FollowedTask::life);
    }

    /** Waits, on the thread of the executor, until the work may begin, and returns what was being done until then. */
    synchronized Work await(FollowedTask task) {
        Thread here = Thread.currentThread();
        task.thread = here;
        notifyAll();
        Stillness stillness = new Stillness();
        while (!task.resumed) {
            if (task.end != null) {
                throw task.end;
            }
            if (over) {
                throw new FollowedTask.Dropped();
            }
            if (isFirst(task)
                    && !current.tasks().areSeveral()
                    && stillness.isSeenOf(current.tasks().running().thread())) {
                waiting.remove(task);
                return resumeWithin(task);
            }
            pause();
        }
        return current.work();
    }

    /** Whoever runs waits for this work, or for some that comes after it. */
    private Work resumeWithin(FollowedTask task) {
        task.resumed = true;
        task.lender = current.tasks().lendTo(Thread.currentThread());
        return current.work();
    }

    private boolean isFirst(FollowedTask task) {
        return first() == task;
    }

    private @Nullable FollowedTask first() {
        for (FollowedTask task : waiting) {
            if (task.thread != null) {
                return task;
            }
        }
        return null;
    }

    void begin(FollowedTask task) {
        begun.put(Thread.currentThread(), task);
        run.works().enter(task.life(), task.cause());
        run.history().add(new AsyncEvent.Begun(current.actor(task.life()), task.cause()));
        if (run.steps().mayDieBefore(task.life())) {
            task.life().refuseIfDead();
        }
    }

    void failed(FollowedTask task, Throwable failure) {
        if (!task.life().isDead()) {
            run.history().add(new AsyncEvent.Failed(current.actor(task.life()), failure));
        }
    }

    /** Lets work that was cut off run all the same, for the sake of what it completes: it belongs to its dead life, which may do nothing. */
    void refused(FollowedTask task, Runnable work) {
        begun.put(Thread.currentThread(), task);
        try {
            work.run();
        } finally {
            begun.remove(Thread.currentThread());
        }
    }

    void leave(FollowedTask task, Work outer) {
        if (!task.life().isDead() && current.isHere()) {
            run.works().leave(outer);
        }
        begun.remove(Thread.currentThread());
        synchronized (this) {
            task.ended = true;
            // When its life dies the run may go on without waiting for this thread, at any moment: whoever takes the
            // turn back holds this lock.
            synchronized (current.tasks()) {
                // At once: what the thread goes on with is no part of the run.
                if (current.isHere()) {
                    current.resume(outer);
                    giveBack(task);
                }
            }
            notifyAll();
        }
    }

    private void giveBack(FollowedTask task) {
        Loan<Work> lender = task.lender;
        if (lender != null) {
            task.lender = null;
            current.tasks().takeBack(lender);
        }
    }

    /**
     * Resumes what was handed over first, and waits until it has ended. Called by the run's own thread.
     *
     * @return whether something was resumed
     */
    boolean advance() {
        Lifetime life = resume();
        if (life == null) {
            return false;
        }
        run.works().conclude(life);
        return true;
    }

    private synchronized @Nullable Lifetime resume() {
        FollowedTask task = awaitFirst();
        if (task == null) {
            return null;
        }
        waiting.remove(task);
        Work outer = current.work();
        task.lender = current.tasks().lendTo(task.thread());
        task.resumed = true;
        notifyAll();
        try {
            awaitEnd(task);
        } finally {
            giveBack(task);
            current.resume(outer);
        }
        return task.life();
    }

    private @Nullable FollowedTask awaitFirst() {
        long deadline = System.nanoTime() + run.bounds().arrivalTimeout().toNanos();
        while (!waiting.isEmpty()) {
            FollowedTask first = first();
            if (first != null && (first == waiting.get(0) || System.nanoTime() > deadline)) {
                return first;
            }
            if (first == null && System.nanoTime() > deadline) {
                throw new NotSettledException(
                        Bound.ARRIVAL_TIMEOUT.in(run.bounds()),
                        List.of(waiting.get(0).cause().title() + ", with which its executor does not begin"));
            }
            pause();
        }
        return null;
    }

    private void awaitEnd(FollowedTask task) {
        long deadline = System.nanoTime() + run.bounds().settleTimeout().toNanos();
        while (!task.ended) {
            pause();
            if (System.nanoTime() > deadline) {
                throw new NotSettledException(
                        Bound.SETTLE_TIMEOUT.in(run.bounds()),
                        List.of(task.cause().title() + ", which does not come to an end"));
            }
        }
    }

    /** What has not begun when its life dies never does. */
    synchronized void cut(Lifetime life, Crash crash) {
        for (Iterator<FollowedTask> all = waiting.iterator(); all.hasNext(); ) {
            FollowedTask task = all.next();
            if (task.life() == life) {
                task.end = crash;
                all.remove();
            }
        }
        notifyAll();
    }

    synchronized int waiting() {
        return waiting.size();
    }

    synchronized List<String> leftovers() {
        return waiting.stream().map(task -> task.cause().title()).toList();
    }

    synchronized void close() {
        over = true;
        waiting.clear();
        notifyAll();
    }

    private void pause() {
        try {
            wait(POLL_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while work of another thread was waited for.", interrupted);
        }
    }
}
