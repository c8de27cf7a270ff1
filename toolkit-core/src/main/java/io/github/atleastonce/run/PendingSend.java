package io.github.atleastonce.run;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A send that was handed over and is not durable yet. Whoever waits for it, or for what depends on it, makes it durable. */
final class PendingSend extends CompletableFuture<@Nullable Void> {

    private final Sends sends;
    private final Runnable send;
    private final Lifetime life;
    private final Cause cause;

    PendingSend(Sends sends, Runnable send, Lifetime life, Cause cause) {
        this.sends = sends;
        this.send = send;
        this.life = life;
        this.cause = cause;
    }

    Lifetime life() {
        return life;
    }

    void perform(CurrentWork current) {
        Work outer = current.enter(life, cause);
        try {
            send.run();
            complete(null);
        } catch (SendFailedException failure) {
            completeExceptionally(failure);
        } finally {
            current.resume(outer);
        }
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new Dependent<>(sends);
    }

    @Override
    public @Nullable Void join() {
        sends.flush();
        return super.join();
    }

    @Override
    public @Nullable Void get() throws InterruptedException, ExecutionException {
        sends.flush();
        return super.get();
    }

    @Override
    public @Nullable Void get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        sends.flush();
        return super.get(timeout, unit);
    }

    private static final class Dependent<T> extends CompletableFuture<T> {

        private final Sends sends;

        Dependent(Sends sends) {
            this.sends = sends;
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new Dependent<>(sends);
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
}
