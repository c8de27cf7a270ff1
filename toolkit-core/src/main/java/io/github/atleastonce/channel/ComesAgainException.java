package io.github.atleastonce.channel;

import java.io.Serial;
import java.time.Instant;
import org.apiguardian.api.API;

/** Says of a failed attempt when its message comes again, where the sender keeps a calendar. What failed is what is told. Immutable. */
@API(status = API.Status.INTERNAL)
public final class ComesAgainException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What was thrown. */
    private final Exception failure;

    /** When the message comes again. */
    private final Instant due;

    /**
     * Creates the exception.
     *
     * @param failure what was thrown
     * @param due when the message comes again, on the scenario's clock
     */
    public ComesAgainException(Exception failure, Instant due) {
        super(failure);
        this.failure = failure;
        this.due = due;
    }

    Exception failure() {
        return failure;
    }

    Instant due() {
        return due;
    }
}
