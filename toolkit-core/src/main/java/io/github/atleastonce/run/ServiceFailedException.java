package io.github.atleastonce.run;

import org.apiguardian.api.API;

/** Says that a service failed in a way that no retry has mended: a handler that keeps throwing, or a boot that fails. */
@API(status = API.Status.EXPERIMENTAL)
public final class ServiceFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param sentence which service failed, and at what
     * @param cause what it threw last
     */
    public ServiceFailedException(String sentence, Throwable cause) {
        super(sentence + ": " + cause, cause);
    }
}
