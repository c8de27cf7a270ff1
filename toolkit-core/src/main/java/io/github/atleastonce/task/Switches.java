package io.github.atleastonce.task;

import org.apiguardian.api.API;

/**
 * Keeps what is being done at a moment, which changes with the task that runs.
 *
 * @param <W> what a task does
 */
@API(status = API.Status.INTERNAL)
public interface Switches<W> {

    /**
     * Returns what is being done, to be kept with the task that is suspended.
     *
     * @return the present work
     */
    W work();

    /**
     * Takes note that a task runs.
     *
     * @param work what it does
     */
    void switchedTo(W work);

    /**
     * Takes note that a task waits for what another one holds.
     *
     * @param work what it was doing
     */
    void blocked(W work);

    /**
     * Takes note that a task goes on that was suspended.
     *
     * @param work what it goes on with
     */
    void resumed(W work);
}
