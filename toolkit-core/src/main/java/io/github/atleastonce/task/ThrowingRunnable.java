package io.github.atleastonce.task;

import org.apiguardian.api.API;

/**
 * A piece of work that may fail. What it may throw is inferred from the lambda, so that a lambda which throws nothing that is
 * checked asks for no {@code throws} clause around it.
 *
 * @param <X> what it may throw
 */
@API(status = API.Status.EXPERIMENTAL)
@FunctionalInterface
public interface ThrowingRunnable<X extends Exception> {

    /**
     * Does the work.
     *
     * @throws X if it fails
     */
    void run() throws X;
}
