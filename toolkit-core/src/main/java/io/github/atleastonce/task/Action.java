package io.github.atleastonce.task;

import org.apiguardian.api.API;

/** Something that a test lets happen. */
@API(status = API.Status.EXPERIMENTAL)
@FunctionalInterface
public interface Action {

    /**
     * Performs the action.
     *
     * @throws Exception whatever the application throws
     */
    void run() throws Exception;
}
