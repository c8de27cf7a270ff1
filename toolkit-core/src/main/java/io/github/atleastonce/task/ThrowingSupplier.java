package io.github.atleastonce.task;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that gives a result and may fail. What it may throw is inferred from the lambda, so that a lambda which throws
 * nothing that is checked asks for no {@code throws} clause around it.
 *
 * @param <T> the type of the result
 * @param <X> what it may throw
 */
@API(status = API.Status.EXPERIMENTAL)
@FunctionalInterface
public interface ThrowingSupplier<T extends @Nullable Object, X extends Exception> {

    /**
     * Does the work.
     *
     * @return the result
     * @throws X if it fails
     */
    T get() throws X;
}
