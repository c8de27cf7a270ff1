package io.github.atleastonce.explore;

import org.apiguardian.api.API;

/**
 * Says that something outside of the test's control disturbed a run, such as a broker that went away: the run shows nothing, and
 * what failed in it is not held against the service. Thrown by transports.
 */
@API(status = API.Status.INTERNAL)
public final class DisturbedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What to do about it. */
    private final String remedy;

    /**
     * Creates the exception.
     *
     * @param sentence what happened
     * @param remedy what to do about it, in one sentence
     */
    public DisturbedException(String sentence, String remedy) {
        super(sentence);
        this.remedy = remedy;
    }

    /**
     * Creates the exception with its cause.
     *
     * @param sentence what happened
     * @param remedy what to do about it, in one sentence
     * @param cause what led to it
     */
    public DisturbedException(String sentence, String remedy, Throwable cause) {
        super(sentence, cause);
        this.remedy = remedy;
    }

    /**
     * Returns what to do about it.
     *
     * @return one sentence
     */
    public String remedy() {
        return remedy;
    }
}
