package io.github.atleastonce.run;

import io.github.atleastonce.history.Cause;
import org.jspecify.annotations.Nullable;

/** A send that was handed over and is not durable yet. Whoever waits for it, or for what depends on it, makes it durable. */
final class PendingSend extends FlushingFuture<@Nullable Void> {

    private final Runnable send;
    private final Lifetime life;
    private final Cause cause;

    PendingSend(Sends sends, Runnable send, Lifetime life, Cause cause) {
        super(sends);
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
}
