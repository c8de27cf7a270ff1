package io.github.atleastonce.run;

import org.apiguardian.api.API;

/** Reports to a service that a message could not be sent, as a broker's client does. It may have been written all the same. */
@API(status = API.Status.EXPERIMENTAL)
public final class SendFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SendFailedException(String channel) {
        super("The message to '" + channel + "' was not acknowledged.");
    }
}
