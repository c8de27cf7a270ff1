package io.github.atleastonce.task;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A future for which something is to be done before anybody waits for it, or for what depends on it.
 *
 * @param <T> the type of its result
 */
@API(status = API.Status.INTERNAL)
public final class FlushingFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    private final Runnable flush;

    /**
     * Creates a future.
     *
     * @param flush what is to be done before somebody waits; completes the future
     */
    public FlushingFuture(Runnable flush) {
        this.flush = flush;
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        return new FlushingFuture<>(flush);
    }

    @Override
    public T join() {
        flush.run();
        return super.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        flush.run();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        flush.run();
        return super.get(timeout, unit);
    }
}
