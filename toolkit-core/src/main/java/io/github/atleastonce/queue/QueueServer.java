package io.github.atleastonce.queue;

import io.github.atleastonce.channel.Ordering;
import java.time.Duration;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A server of queues, as a run needs it: an extension point. What an implementation throws fails the run.
 *
 * <p>Its methods are called by one thread at a time, and not always by the same one. Whatever is in hand is held by a session of its own, so that giving it back touches nothing
 * else.
 */
@API(status = API.Status.EXPERIMENTAL)
public interface QueueServer {

    /** A message that a consumer has in hand. */
    interface InHand {

        /** {@return what the server knows the message by} */
        String identity();

        /** {@return the message as it was put} */
        Envelope envelope();

        /** {@return how often it was delivered, this time included; 0 if the server does not say} */
        int deliveries();

        /** Acknowledges it, so that it never comes again. */
        void acknowledge();

        /** Gives it back, as the server does for a consumer that is gone. */
        void giveBack();

        /** Puts it aside, or throws it away where nothing is put aside: it does not come again. Called only for what consumers of an application reject. */
        default void putAside() {
            acknowledge();
        }
    }

    /**
     * Says whether there is a queue.
     *
     * @param queue its name
     * @return whether it is one of this server
     */
    boolean has(String queue);

    /**
     * Puts a message into a queue, and returns when it is durable.
     *
     * @param queue the queue's name
     * @param message the message
     * @return what the server knows it by; the same when it is taken, when it was put aside, and when it is taken for one that was put before
     */
    String put(String queue, Envelope message);

    /**
     * Takes the message that comes first and is in nobody's hands.
     *
     * @param queue the queue's name
     * @return the message, or empty if there is none now
     */
    Optional<InHand> take(String queue);

    /**
     * Counts what lies in a queue and was not acknowledged.
     *
     * @param queue the queue's name
     * @return the number, those in somebody's hands included
     */
    long size(String queue);

    /** Empties all queues, whatever is in whose hands: the next run begins. */
    void purge();

    /**
     * Names where a message is put aside that was delivered in vain too often.
     *
     * @param queue the queue's name
     * @return the name of another queue; empty if such a message is not put aside
     */
    default Optional<String> deadLetterQueue(String queue) {
        return Optional.empty();
    }

    /** {@return after how many deliveries in vain that is; 0 for never} */
    default int deliveryLimit() {
        return 0;
    }

    /** {@return whether {@link InHand#deliveries()} says a number} */
    default boolean countsDeliveries() {
        return false;
    }

    /** {@return for how long a message that is put again with the same {@link Envelope#id()} is taken for the one that is there or was; zero for never} */
    default Duration deduplicationWindow() {
        return Duration.ZERO;
    }

    /** {@return whether what comes next waits until what is in somebody's hands was acknowledged or given back} */
    default boolean handsOutOneAtATime() {
        return false;
    }

    /** {@return in what order one consumer gets what lies in a queue; {@code PARTITION} if what is given back comes before what lies behind it} */
    default Ordering ordering() {
        return Ordering.PARTITION;
    }
}
