package io.github.atleastonce.http;

import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How long a caller waits for an answer that does not come. Its thread is the only one that could move, so whatever happens in the run shows
 * that it does so again. A caller that waits for ever is told so.
 */
final class Patience {

    private static final long POLL_NANOS = 2_000_000;

    private final Run run;
    private @Nullable UsageException without;
    private int happened;

    Patience(Run run) {
        this.run = run;
    }

    /** Begins to try it; the last that the server's thread does in place of the caller's. */
    void isTried(String call, String service) {
        happened = run.history().events().size();
        without = new UsageException(
                "RESPONSE_SLOW wants a client with a time-out, but '" + service + "' still waited for the answer to "
                        + call + " after settleTimeout = " + run.bounds().settleTimeout()
                        + ". Give its client a time-out, a short one for the test: it passes in real time.");
    }

    /** Waits, on the server's thread, until the caller does not any more. */
    void outlast() {
        UsageException refusal = without;
        if (refusal == null) {
            return;
        }
        long deadline = System.nanoTime() + run.bounds().settleTimeout().toNanos();
        while (run.history().events().size() == happened && !run.isOver()) {
            if (System.nanoTime() > deadline) {
                run.history().caveats().refuse(refusal);
                return;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
