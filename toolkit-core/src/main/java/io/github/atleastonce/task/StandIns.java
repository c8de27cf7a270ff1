package io.github.atleastonce.task;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Threads that move in place of a task's own thread while that waits for what they do, as a client waits for a server in the same JVM. A
 * task has at most one of them at a time. Safe for use by several threads.
 *
 * @param <W> what a task does
 */
@API(status = API.Status.INTERNAL)
public final class StandIns<W> {

    private final Tasks<W> tasks;
    private volatile boolean any;

    StandIns(Tasks<W> tasks) {
        this.tasks = tasks;
    }

    /**
     * Lets the calling thread move in place of the running task. If that one's own thread does not wait, it is made to at its next step.
     *
     * @param action what the calling thread does
     * @param <T> the type of its result
     * @return the result
     */
    public <T extends @Nullable Object> T standIn(Supplier<T> action) {
        Task<W> task = begin();
        try {
            return action.get();
        } finally {
            end(task);
        }
    }

    /**
     * Does something for which the running task waits, such as a call of a server in the same JVM, and lets the first thread move in its
     * place that is nobody's own and comes to a step meanwhile.
     *
     * @param call what the task waits for
     * @param <T> the type of its result
     * @return the result
     * @throws Exception what the call throws
     */
    public <T extends @Nullable Object> T letStandIn(Callable<T> call) throws Exception {
        Task<W> task = tasks.running();
        invite(task);
        try {
            return call.call();
        } finally {
            end(task);
        }
    }

    private synchronized void invite(Task<W> task) {
        task.invites = true;
        any = true;
    }

    private synchronized Task<W> begin() {
        while (tasks.running().standIn != null) {
            pause();
        }
        Task<W> task = tasks.running();
        task.standIn = Thread.currentThread();
        any = true;
        return task;
    }

    private synchronized void end(Task<W> task) {
        task.standIn = null;
        task.invites = false;
        any = tasks.anyMatch(other -> other.standIn != null || other.invites);
        notifyAll();
    }

    /** Waits, on a task's own thread, until nobody moves in its place any more; a thread that is nobody's may be the one that does. */
    void awaitTheirEnd() {
        if (any) {
            enterOrAwaitEnd();
        }
    }

    private synchronized void enterOrAwaitEnd() {
        Task<W> task = tasks.running();
        if (task.invites && task.standIn == null && !tasks.anyMatch(Task::isOwnHere)) {
            task.standIn = Thread.currentThread();
            return;
        }
        while (tasks.anyMatch(Task::isStoodInForHere)) {
            pause();
        }
    }

    private void pause() {
        try {
            wait(Tasks.POLL_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "Interrupted while another thread moved in place of this one.", interrupted);
        }
    }
}
