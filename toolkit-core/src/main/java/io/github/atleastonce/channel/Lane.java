package io.github.atleastonce.channel;

import io.github.atleastonce.message.StoredMessage;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A line of messages that come one after the other: a partition on its way to one subscriber, or to the wire. An extension
 * point for transports; a {@link Dispatcher} decides which lane moves next.
 */
@API(status = API.Status.INTERNAL)
public interface Lane {

    /**
     * Returns the message that comes next.
     *
     * @return the message, or null if none is waiting
     */
    @Nullable
    StoredMessage head();

    /**
     * Returns the messages that may come instead of the head, where the channel keeps no order.
     *
     * @return the messages behind the head, empty where the lane keeps its order
     */
    Iterable<StoredMessage> overtakers();

    /**
     * Says what is held with a message that is held back, by a DELAY or since it is tried again later.
     *
     * @return whether all behind it waits, too; else it waits alone
     */
    boolean keepsOrder();

    /**
     * Names the delivery of a message on this lane by its cause, for example {@code customers<orders[k1]}.
     *
     * @param message a message of this lane
     * @return the stable name
     */
    String name(StoredMessage message);

    /**
     * Names the delivery for people, for example {@code OrderCreated(o-1) → customers}.
     *
     * @param message a message of this lane
     * @return the words
     */
    String title(StoredMessage message);
}
