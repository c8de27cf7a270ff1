package io.github.atleastonce.channel;

import io.github.atleastonce.message.Headers;
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
     * Sends a payload with a key and headers; the message gets the next id of the channel.
     *
     * @param key the ordering key, or null
     * @param payload the content, or null for a tombstone
     * @param headers the headers
     * @throws io.github.atleastonce.run.UsageException if there is neither key nor payload
     */
    void send(@Nullable String key, @Nullable Object payload, Headers headers);

    /**
     * Sends a payload with a key; the message gets the next id of the channel.
     *
     * @param key the ordering key, or null
     * @param payload the content, or null for a tombstone
     * @throws io.github.atleastonce.run.UsageException if there is neither key nor payload
     */
    default void send(@Nullable String key, @Nullable Object payload) {
        send(key, payload, Headers.none());
    }

    /**
     * Sends a tombstone: what its key stands for is gone.
     *
     * @param key the key
     */
    default void sendTombstone(String key) {
        send(key, null);
    }

    /**
     * Sends a payload without a key; the message gets the next id of the channel.
     *
     * @param payload the content
     */
    default void send(Object payload) {
        send(null, payload);
    }
}
