package io.github.atleastonce.history;

import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that happened in a run, as its {@link History} keeps it. */
public sealed interface Event {

    /**
     * A message was appended to a channel.
     *
     * @param by the service that sent it, or null for the test body
     * @param message what was appended, and where
     */
    record Sent(@Nullable String by, StoredMessage message) implements Event {}

    /**
     * A message was handed to a subscriber.
     *
     * @param subscriber the subscribing service
     * @param life the number of its life
     * @param message what was delivered
     */
    record Delivered(String subscriber, int life, StoredMessage message) implements Event {}

    /**
     * A handler returned.
     *
     * @param subscriber the subscribing service
     * @param message what was handled
     */
    record Handled(String subscriber, StoredMessage message) implements Event {}

    /**
     * A handler threw.
     *
     * @param subscriber the subscribing service
     * @param message what it was given
     * @param attempt how many times it has thrown for this position
     * @param failure what it threw
     */
    record HandlerFailed(String subscriber, StoredMessage message, int attempt, Throwable failure) implements Event {}

    /**
     * A message was put aside into the dead letter channel.
     *
     * @param subscriber the service that could not handle it
     * @param message what was put aside
     */
    record DeadLettered(String subscriber, StoredMessage message) implements Event {}

    /**
     * A message was put on a broker, for consumers outside of the run's own dispatch.
     *
     * @param message what was published
     */
    record Published(StoredMessage message) implements Event {}

    /**
     * A consumer outside of the run's own dispatch was seen to have consumed.
     *
     * @param group the consumer group
     * @param channel the channel
     * @param records by how many records its position has moved
     */
    record Consumed(String group, String channel, long records) implements Event {}

    /**
     * A service did an I/O step.
     *
     * @param service the service
     * @param step the step's name, for example {@code commit}
     */
    record Stepped(String service, String step) implements Event {}

    /**
     * A statement was executed in a database.
     *
     * @param service the service
     * @param transaction the transaction that it was part of, the same for each statement of it; numbered in each run
     * @param kind the kind of statement in lower case, for example {@code insert}
     * @param table the table in lower case, or null if none could be told
     * @param rows how many rows it changed; −1 if it gave rows or nothing
     */
    record Executed(
            String service,
            int transaction,
            String kind,
            @Nullable String table,
            long rows) implements Event {}

    /**
     * A transaction of a database ended.
     *
     * @param service the service
     * @param transaction which
     * @param committed whether it was committed; else it was rolled back, or its connection ended
     */
    record TransactionEnded(String service, int transaction, boolean committed) implements Event {}

    /**
     * A fault was injected.
     *
     * @param fault which
     * @param phrase what it does, in words
     */
    record Injected(Fault fault, String phrase) implements Event {}

    /**
     * A life of a service ended.
     *
     * @param service the service
     * @param life the number of the life, from 1
     * @param where the moment, in words, for example {@code after commit}
     */
    record Crashed(String service, int life, String where) implements Event {}

    /**
     * A service was booted.
     *
     * @param service the service
     * @param life the number of the life, from 1
     */
    record Booted(String service, int life) implements Event {}

    /**
     * The test began an attempt.
     *
     * @param service in the life of which service
     * @param number which attempt of that service, from 1
     */
    record Attempting(String service, int number) implements Event {}

    /**
     * An attempt ended.
     *
     * @param service in the life of which service
     * @param attempt how it ended
     */
    record Attempted(String service, Attempt attempt) implements Event {}

    /**
     * A poller began a round in which it had something to do; what it did follows.
     *
     * @param service the service
     * @param poller the poller's name
     */
    record Polled(String service, String poller) implements Event {}

    /**
     * Something that a service did by itself, such as a poller's tick, failed after a fault; it is done again later.
     *
     * @param service the service
     * @param what what failed, in words
     * @param failure what was thrown
     */
    record WorkFailed(String service, String what, Throwable failure) implements Event {}

    /**
     * A step has to wait for what something else holds that happens at the same time, such as a lock in a database; the other goes on.
     *
     * @param service the service that waits
     */
    record Waiting(String service) implements Event {}

    /**
     * Something that had begun goes on, where several things happen at once; its steps follow.
     *
     * @param service the service that does it
     * @param what what goes on, in words, for example {@code OrderCreated(o-1) to customers}
     */
    record Resumed(String service, String what) implements Event {}

    /**
     * A timer fired; what it did follows.
     *
     * @param service the service
     */
    record TimerFired(String service) implements Event {}

    /**
     * The clock moved.
     *
     * @param by how far
     */
    record Elapsed(Duration by) implements Event {}

    /**
     * All was quiet.
     *
     * @param number which {@code settle()} of the run, from 1
     */
    record Settled(int number) implements Event {}
}
