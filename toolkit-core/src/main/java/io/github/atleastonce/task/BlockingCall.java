package io.github.atleastonce.task;

import org.jspecify.annotations.Nullable;

/** A piece of I/O that may have to wait for what another task holds. */
@FunctionalInterface
public interface BlockingCall {

    /**
     * Does the I/O.
     *
     * @return the result
     * @throws Throwable what it throws
     */
    @Nullable
    Object call() throws Throwable;
}
