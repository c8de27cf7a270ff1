package io.github.atleastonce.channel;

import org.apiguardian.api.API;

/** Says that a message could not be read, as a deserializer would. */
@API(status = API.Status.EXPERIMENTAL)
public final class UnreadableMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableMessageException(String position) {
        super("the record at " + position + " cannot be read");
    }
}
