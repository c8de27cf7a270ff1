package io.github.atleastonce.queue;

import io.github.atleastonce.run.Crash;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A message in the hands of a thread of the application, from when it was received until the thread asks for the next. Its server is told once what becomes of it: what is
 * said after that changes nothing. Outside of runs all passes to the server.
 *
 * <p>Used by the thread that has received it; what it keeps may be acknowledged by another one.
 */
@API(status = API.Status.EXPERIMENTAL)
public sealed interface Received permits ReceivedInRun, ReceivedBesideRuns {

    /**
     * Takes a further message of the queue in hand, for a listener of batches; to be called before the delivery begins. All that is done with the first is done
     * with all.
     *
     * @param next the message
     * @return whether the listener is to get it; if not it was left over by an earlier run, and is gone
     */
    boolean together(QueueServer.InHand next);

    /**
     * Begins the delivery.
     *
     * @throws Crash if the process has died meanwhile, or dies before it; the thread gives the message back then, and asks for the next
     */
    void begin();

    /**
     * Acknowledges the message, unless the acknowledgement is lost: then it comes again.
     *
     * @throws Crash if the process has died, or dies right after it
     */
    void acknowledge();

    /**
     * Acknowledges the message where that cannot be lost, such as one that its server takes for handled as it delivers.
     *
     * @throws Crash if the process has died, or dies right after it
     */
    void acknowledgeAtDelivery();

    /**
     * Gives the message back, since it could not be handled or the process has died.
     *
     * @param why what was thrown
     */
    void giveBack(Throwable why);

    /**
     * Gives the message back because its listener says so, and not because of what it has thrown.
     *
     * @param why names what the listener has called
     * @throws Crash if the process has died: then whoever cuts it off gives back what it has in hand
     */
    void handBack(Throwable why);

    /**
     * Puts the message aside, or throws it away, since it could not be handled and is not to come again.
     *
     * @param why what was thrown
     * @throws Crash if the process has died
     */
    void putAside(Throwable why);

    /**
     * Keeps the message in hand, as its listener has ended without a word to the server. Nothing more of the queue comes to it before the message is acknowledged after
     * all, or its process dies. Outside of runs, and when the run is over, it is thrown away.
     *
     * @param why what the listener has thrown, or null
     */
    void keep(@Nullable Throwable why);

    /** Takes note that the thread asks for the next message, or ends. */
    void leave();
}
