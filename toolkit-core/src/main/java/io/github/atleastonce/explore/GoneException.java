package io.github.atleastonce.explore;

import org.apiguardian.api.API;

/**
 * Says, as the cause of a failure, that the run has ended something which no later run will find again, unless the test starts it anew: most
 * likely its schedule cannot be run again.
 */
@API(status = API.Status.INTERNAL)
public final class GoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param gone what has gone, in words
     */
    public GoneException(String gone) {
        super("Gone for good: " + gone + ".");
    }
}
