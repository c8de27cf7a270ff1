package io.github.atleastonce.channel;

import io.github.atleastonce.message.Message;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A channel that the test sends to, as in Enterprise Integration Patterns (Hohpe, Woolf). Sending only appends; deliveries
 * happen when the scenario settles.
 */
@API(status = API.Status.EXPERIMENTAL)
public interface MessageChannel {

    /**
     * Returns the channel's name.
     *
     * @return the name, on a broker that of the topic
     */
    String name();

    /**
     * Sends a message as it is.
     *
     * @param message the message
     */
    void send(Message message);

    /**
     * Sends a payload with a key; the message gets the next id of the channel.
     *
     * @param key the ordering key, or null
     * @param payload the content
     */
    void send(@Nullable String key, Object payload);

    /**
     * Sends a payload without a key; the message gets the next id of the channel.
     *
     * @param payload the content
     */
    default void send(Object payload) {
        send(null, payload);
    }
}
