package io.github.atleastonce.run;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.task.FlushingFuture;
import org.jspecify.annotations.Nullable;

/** A send that was handed over and is not durable yet. Whoever waits for it, or for what depends on it, makes it durable. */
record PendingSend(FlushingFuture<@Nullable Void> future, Runnable send, Lifetime life, Cause cause) {

    void perform(CurrentWork current) {
        Work outer = current.enter(life, cause);
        try {
            send.run();
            future.complete(null);
        } catch (SendFailedException failure) {
            future.completeExceptionally(failure);
        } finally {
            current.resume(outer);
        }
    }
}
