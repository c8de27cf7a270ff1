package io.github.atleastonce.examples.customersandorders;

/** Where events go. */
@FunctionalInterface
public interface Channels {

    /** Sends a message, and returns when it is durable. */
    void send(String channel, String key, Object message);
}
