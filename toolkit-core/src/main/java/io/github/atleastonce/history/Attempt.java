package io.github.atleastonce.history;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Says how an attempt ended. A cut attempt may have done all of its work, or part of it, or nothing: only relations may be
 * asserted after it.
 *
 * @param result completed, cut by a crash, or failed under a fault
 * @param failure what the application threw, if it failed
 */
@API(status = API.Status.EXPERIMENTAL)
public record Attempt(Result result, @Nullable Throwable failure) {

    /** How an attempt ended. */
    public enum Result {
        /** The action returned. */
        COMPLETED,
        /** The process died in it. */
        CUT,
        /** The action threw after a fault was injected into it. */
        FAILED
    }

    /** An attempt that returned. */
    public static final Attempt COMPLETED = new Attempt(Result.COMPLETED, null);

    /** An attempt in which the process died. */
    public static final Attempt CUT = new Attempt(Result.CUT, null);

    /**
     * Says whether the action returned.
     *
     * @return whether the caller would know that it is done
     */
    public boolean completed() {
        return result == Result.COMPLETED;
    }
}
