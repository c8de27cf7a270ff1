package io.github.atleastonce.task;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** A piece of I/O that may have to wait for what another task holds. */
@API(status = API.Status.INTERNAL)
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
