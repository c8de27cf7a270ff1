package io.github.atleastonce.schedule;

import java.util.Locale;
import org.apiguardian.api.API;

/**
 * Names what can go wrong with at-least-once messaging and process death.
 *
 * <p>The terms are those of Kafka and of the pattern languages. What each one does exactly, and where it is offered, is
 * worked out in {@code docs/semantics.md}.
 */
@API(status = API.Status.EXPERIMENTAL)
public enum Fault {
    /** Appends the same message again at a new position: a producer or a relay retried. */
    DUPLICATE,
    /** Delivers the same position again: the acknowledgement was lost and the consumer went back. */
    REDELIVERY,
    /** Lets another message overtake, as far as the transport's ordering permits. */
    REORDER,
    /** Holds a message back while time passes. */
    DELAY,
    /** Loses a message for ever. No broker that keeps its promises does this: ask for it explicitly. */
    DROP,
    /** Handles two deliveries at once, interleaved step by step. */
    CONCURRENT,
    /** Ends the process before or after an I/O step, and starts it again. */
    CRASH,
    /** Lets one of several nodes of a service stall at a step while time passes and the others take over; then it goes on with what it believed. */
    PAUSE,
    /** Breaks the database connection at a step; the error reaches the application. */
    CONNECTION_LOST,
    /** Reports an error for a send that was not written. */
    SEND_FAILED,
    /** Reports an error for a send that was written all the same. */
    SEND_UNCERTAIN,
    /** Reports an error for the commit of a consumer's offset, which was made all the same. */
    COMMIT_FAILED,
    /** Gives a consumer's partitions away while it has records of them in hand; in memory where a service has several nodes. */
    REBALANCE,
    /** Cuts a client off from the broker in the middle of a request. */
    BROKER_UNAVAILABLE,
    /** Puts a record that cannot be read between the others; in memory only on a channel that has a dead letter channel. */
    POISON,
    /** Loses the answer of a third party: what was asked of it was done, or never reached it. */
    RESPONSE_LOST,
    /** Lets a third party answer with a server error, before it has done what was asked of it or after. */
    RESPONSE_ERROR,
    /**
     * Lets a third party do what was asked of it, and answer when its caller has stopped waiting. That takes the client's real time-out, so ask for it
     * explicitly.
     */
    RESPONSE_SLOW,
    /** Delivers a webhook whose signature does not fit what it says: ask for it explicitly. */
    FORGED,
    /** Delivers a webhook that is signed as it should be, a day ago: ask for it explicitly. */
    STALE,
    /** Lets a message be written by a release before today's, in a version of its event that is archived: ask for it explicitly. */
    OLD_SCHEMA;

    private final String word = name().toLowerCase(Locale.ROOT);

    /**
     * Returns the word that stands for this fault in a token, for example {@code redelivery}.
     *
     * @return the name in lower case
     */
    public String word() {
        return word;
    }
}
