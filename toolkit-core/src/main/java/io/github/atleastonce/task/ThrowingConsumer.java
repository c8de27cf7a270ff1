package io.github.atleastonce.task;

import org.apiguardian.api.API;

/**
 * A piece of work on something that may fail. What it may throw is inferred from the lambda, so that a lambda which throws nothing
 * that is checked asks for no {@code throws} clause around it.
 *
 * @param <T> what it works on
 * @param <X> what it may throw
 */
@API(status = API.Status.EXPERIMENTAL)
@FunctionalInterface
public interface ThrowingConsumer<T, X extends Exception> {

    /**
     * Does the work.
     *
     * @param value what it works on
     * @throws X if it fails
     */
    void accept(T value) throws X;
}
