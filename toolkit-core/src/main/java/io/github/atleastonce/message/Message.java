package io.github.atleastonce.message;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A message as its sender wrote it. Immutable, if its payload is.
 *
 * @param id what a consumer may recognise a duplicate by; the same for every copy of the message
 * @param key the ordering key, or null: messages of one key stay in order within a channel
 * @param type the name of the message's type, for people and for wire formats
 * @param headers the headers
 * @param payload the content
 */
@API(status = API.Status.EXPERIMENTAL)
public record Message(String id, @Nullable String key, String type, Headers headers, Object payload) {

    /**
     * Makes a message whose type is the simple name of its payload's class.
     *
     * @param id what a consumer may recognise a duplicate by
     * @param key the ordering key, or null
     * @param payload the content
     * @return the message
     */
    public static Message of(String id, @Nullable String key, Object payload) {
        return new Message(id, key, payload.getClass().getSimpleName(), Headers.none(), payload);
    }

    /**
     * Makes a tombstone: a message without a value, which says that what its key stands for is gone.
     *
     * @param id what a consumer may recognise a duplicate by
     * @param key the key that is gone
     * @return the message, whose payload is {@link Tombstone#INSTANCE}
     */
    public static Message tombstone(String id, String key) {
        return Message.of(id, key, Tombstone.INSTANCE);
    }

    /**
     * Says whether this is a tombstone.
     *
     * @return whether it has no value
     */
    public boolean isTombstone() {
        return payload == Tombstone.INSTANCE;
    }

    /**
     * Returns this message with one header more, or changed.
     *
     * @param name the header's name
     * @param value the header's value
     * @return a new message
     */
    public Message withHeader(String name, String value) {
        return new Message(id, key, type, headers.with(name, value), payload);
    }

    /**
     * Names the message in words for people: its type and its key, for example {@code OrderCreated(o-1)}.
     *
     * @return a short text
     */
    public String title() {
        return key == null ? type : type + "(" + key + ")";
    }
}
