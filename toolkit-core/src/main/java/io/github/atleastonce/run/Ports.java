package io.github.atleastonce.run;

import org.jspecify.annotations.Nullable;

/** What a life is plugged into: the transport's side of {@link Life#subscribe} and {@link Life#send}. */
public interface Ports {

    /**
     * Subscribes a life to a channel; lives of one service share their position.
     *
     * @param life the subscriber's present life
     * @param channel the channel's name
     * @param type the type of payload that the handler takes
     * @param handler takes the messages
     * @param <T> the type of payload
     */
    <T> void subscribe(Life life, String channel, Class<T> type, Handler<T> handler);

    /**
     * Sends for a life; returns when the message is durable.
     *
     * @param life the sender
     * @param channel the channel's name
     * @param key the ordering key, or null
     * @param payload the content
     */
    void send(Life life, String channel, @Nullable String key, Object payload);
}
