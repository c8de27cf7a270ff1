package io.github.atleastonce.hosted;

import io.github.atleastonce.run.Crash;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Work;
import io.github.atleastonce.task.Loan;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RunnableFuture;
import org.jspecify.annotations.Nullable;

/** A piece of work that a life has handed over to an executor, whose thread waits with it until the run resumes it. */
final class FollowedTask implements Runnable, Callable<@Nullable Object> {

    private final FollowedTasks tasks;
    private final Lifetime life;
    private final AsyncCause cause;
    private final Callable<?> work;
    private final @Nullable Runnable executed;
    /** The thread of the executor, once it has come. */
    @Nullable
    Thread thread;
    /** Who waits for this work meanwhile. */
    @Nullable
    Loan<Work> lender;

    @Nullable
    Crash end;

    boolean resumed;
    boolean ended;
    private boolean started;

    FollowedTask(FollowedTasks tasks, Lifetime life, AsyncCause cause, Callable<?> work, @Nullable Runnable executed) {
        this.tasks = tasks;
        this.life = life;
        this.cause = cause;
        this.work = work;
        this.executed = executed;
    }

    Lifetime life() {
        return life;
    }

    AsyncCause cause() {
        return cause;
    }

    Thread thread() {
        return Objects.requireNonNull(thread);
    }

    /** On the thread of the executor: nobody gets to know what comes of it but by what the work itself completes. */
    @Override
    public void run() {
        try {
            call();
        } catch (Dropped late) {
            cancel();
        } catch (Crash death) {
            cancel();
            complete();
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** On the thread of the executor. */
    @Override
    public @Nullable Object call() throws Exception {
        Work outer = tasks.await(this);
        try {
            tasks.begin(this);
            started = true;
            return work.call();
        } catch (Throwable failure) {
            tasks.failed(this, failure);
            throw failure;
        } finally {
            tasks.leave(this, outer);
        }
    }

    private void cancel() {
        if (executed instanceof RunnableFuture<?> future) {
            future.cancel(false);
        }
    }

    /** Whoever waits for work that was cut off before it began has died as well, and has to come to an end. */
    private void complete() {
        if (executed instanceof CompletableFuture.AsynchronousCompletionTask && !started) {
            tasks.refused(this, executed);
        }
    }

    /** The run is over: nobody asks for this work any more. */
    static final class Dropped extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Dropped() {
            super("The run that this work belongs to is over.", null, false, false);
        }
    }
}
