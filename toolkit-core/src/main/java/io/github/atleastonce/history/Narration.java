package io.github.atleastonce.history;

import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The shapes in which events are told. Each {@link Event} says by them what its part in a story is, so that whoever tells stories need
 * not know the events, and a room adds events without an edit here.
 *
 * <p>What a service does belongs to what it began last, until that ends or a fault interrupts it.
 */
@API(status = API.Status.INTERNAL)
public interface Narration {

    /**
     * Something begins.
     *
     * @param service the service that does it
     * @param title what begins, in words
     */
    void begins(String service, String title);

    /**
     * Something begins whose outcome the test gets to know; {@link #concludes} ends it.
     *
     * @param service the service that does it
     * @param title what begins, in words
     */
    void attempts(String service, String title);

    /**
     * A service looks for something to do. Left out if it finds nothing.
     *
     * @param service the service
     * @param title what looks, in words
     */
    void polls(String service, String title);

    /**
     * A message reaches somebody who begins to handle it.
     *
     * @param subscriber the service, or the part of it, that handles it
     * @param message the message
     */
    void reaches(String subscriber, StoredMessage message);

    /**
     * Something that had begun goes on, after something else that happens at the same time.
     *
     * @param service the service that does it
     * @param what what goes on
     */
    void goesOn(String service, Titled what);

    /**
     * A service has done a step.
     *
     * @param service the service
     * @param step the step
     */
    void does(String service, Step step);

    /**
     * A message was sent. The step of sending it, which may follow, is told by this already.
     *
     * @param by the service that sent it, or null for the test body
     * @param message what was sent, and where it is
     */
    void sends(@Nullable String by, StoredMessage message);

    /**
     * There is something to say of a service that is no step.
     *
     * @param service the service
     * @param words what it does
     */
    void remarks(String service, String words);

    /**
     * What a service does fails, and ends.
     *
     * @param service the service
     * @param failure what was thrown
     */
    void fails(String service, Throwable failure);

    /**
     * The handling of a message fails, and ends.
     *
     * @param subscriber the service, or the part of it, that handles it
     * @param message the message
     * @param failure what was thrown
     */
    void fails(String subscriber, StoredMessage message, Throwable failure);

    /** What had begun ends well. */
    void ends();

    /**
     * What was attempted ends.
     *
     * @param outcome how, in a word, or null if it ended well
     */
    void concludes(@Nullable String outcome);

    /**
     * A fault happens, and interrupts what goes on.
     *
     * @param fault which; that of a death is told by {@link #dies}
     * @param what what it does, in words
     */
    void suffers(Fault fault, String what);

    /**
     * Rows of a table are changed, in a transaction that goes on; the step that did it follows.
     *
     * @param owner the service in whose life it is done, also if a part of it that has another name does it
     * @param transaction the number of the transaction in its run
     * @param what the statement, in a word or two
     * @param rows how many rows
     * @param values what was given to the statement; may be empty
     */
    void changes(String owner, int transaction, String what, long rows, String values);

    /**
     * A transaction ends.
     *
     * @param transaction its number
     * @param committed whether all see what was changed in it; else that is undone
     */
    void concludes(int transaction, boolean committed);

    /**
     * A consumer group was seen to have consumed. When this is seen is chance, how much it is in all is not.
     *
     * @param group the consumer group
     * @param channel the channel
     * @param records how many records more
     */
    void consumes(String group, String channel, long records);

    /**
     * A consumer group commits how far it has come.
     *
     * @param group the consumer group
     * @param partition the partition, for example {@code orders-0}
     * @param offset the first offset that it has not
     */
    void commits(String group, String partition, long offset);

    /**
     * A life ends.
     *
     * @param service the service that dies
     * @param moment when
     */
    void dies(String service, Moment moment);

    /**
     * A life begins.
     *
     * @param service the service that lives
     * @param life the number of the life, from 1
     */
    void lives(String service, int life);

    /**
     * Something happened by itself that nothing else belongs to.
     *
     * @param words what happened
     */
    void notes(String words);

    /**
     * A message went elsewhere; nothing else belongs to it.
     *
     * @param message the message
     * @param target where it went
     * @param words what was done with it; may be empty
     * @param mark what is special about it, in a word; may be empty
     */
    void passes(StoredMessage message, String target, String words, String mark);

    /**
     * Time passes.
     *
     * @param by how far the clock moves
     */
    void waits(Duration by);

    /** All is quiet; what follows is another part of the test's body. */
    void rests();
}
