package io.github.atleastonce.run;

import io.github.atleastonce.message.Handler;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** What a life is plugged into: the transport's side of a subscription and of a send. */
@API(status = API.Status.INTERNAL)
public interface Ports {

    /**
     * Says whether a channel is one of this transport's own, such as a topic of a broker.
     *
     * @param channel the channel's name
     * @return whether it is known here; a transport that takes any channel, such as the one in memory, knows those in use
     */
    boolean declares(String channel);

    /**
     * Says whether this transport makes a channel of any name that is asked for.
     *
     * @return whether a channel that nobody declares may be carried here
     */
    boolean takesAny();

    /**
     * Says whether the nodes of a service share the partitions of a channel here.
     *
     * @return whether a life that is a node may subscribe
     */
    default boolean hasGroups() {
        return false;
    }

    /**
     * Subscribes a life to a channel; lives of one service share their position, and so do nodes of one.
     *
     * @param life the subscriber's present life
     * @param channel the channel's name
     * @param type the type of payload that the handler takes
     * @param handler takes the messages
     * @param <T> the type of payload
     */
    <T> void subscribe(Lifetime life, String channel, Class<T> type, Handler<T> handler);

    /**
     * Sends for a life; returns when the message is durable.
     *
     * @param life the sender
     * @param channel the channel's name
     * @param key the ordering key, or null
     * @param payload the content, or null for a tombstone
     */
    void send(Lifetime life, String channel, @Nullable String key, @Nullable Object payload);
}
