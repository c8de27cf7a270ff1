package io.github.atleastonce.run;

import org.apiguardian.api.API;

/** Says in one sentence how the toolkit was used in a way that proves nothing: not a defect of the service under test. */
@API(status = API.Status.EXPERIMENTAL)
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param sentence what is wrong and what is wanted
     */
    public UsageException(String sentence) {
        super(sentence);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param sentence what is wrong and what is wanted
     * @param cause what led to it
     */
    public UsageException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
