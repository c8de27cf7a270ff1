package io.github.atleastonce.message;

import org.apiguardian.api.API;

/**
 * Handles the messages of a subscription. A handler that returns has acknowledged its message; one that throws has not,
 * and gets it again.
 *
 * @param <T> the type of the payload, or {@code Message} for the whole message
 */
@API(status = API.Status.EXPERIMENTAL)
@FunctionalInterface
public interface Handler<T> {

    /**
     * Handles one message.
     *
     * @param message the payload or the whole message
     * @throws Exception if the message could not be handled
     */
    void handle(T message) throws Exception;
}
