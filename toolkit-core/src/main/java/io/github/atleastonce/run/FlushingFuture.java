package io.github.atleastonce.run;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Makes durable what was handed over before anybody waits for it. */
class FlushingFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    private final Sends sends;

    FlushingFuture(Sends sends) {
        this.sends = sends;
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        return new FlushingFuture<>(sends);
    }

    @Override
    public T join() {
        sends.flush();
        return super.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        sends.flush();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        sends.flush();
        return super.get(timeout, unit);
    }
}
