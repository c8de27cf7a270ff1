package io.github.atleastonce.task;

/** Something that a test lets happen. */
@FunctionalInterface
public interface Action {

    /**
     * Performs the action.
     *
     * @throws Exception whatever the application throws
     */
    void run() throws Exception;
}
