package io.github.atleastonce.run;

import io.github.atleastonce.schedule.Offer;
import java.util.List;
import java.util.function.Consumer;
import org.apiguardian.api.API;

/**
 * Work that a run has to see finished before it is quiet: an extension point for transports. All methods are called on the
 * thread of the test.
 */
@API(status = API.Status.INTERNAL)
public interface Activity {

    /**
     * Does one unit of the work that can be done now, for example one delivery.
     *
     * @return false if there was nothing to do and nothing is in flight
     */
    boolean advance();

    /**
     * Says whether a DELAY holds something back, or something waits to be tried again.
     *
     * @return whether {@link #release()} would let something go
     */
    boolean holding();

    /**
     * Says what {@link #release()} would let go.
     *
     * @return whether it was handled in vain and is tried again, so that no DELAY holds it
     */
    default boolean backsOff() {
        return false;
    }

    /** Lets go of one thing that is held back; time has passed meanwhile. */
    void release();

    /** Takes note that all is quiet: what was handled is confirmed now, and nothing goes back behind this moment. */
    void settled();

    /**
     * Offers faults that may happen while all is quiet, for example a late duplicate.
     *
     * @param late takes each fault with what it does
     */
    void offerLate(Consumer<Offer> late);

    /**
     * Offers what may happen at the same time as the cause at work, for example another delivery. The effect runs on a thread
     * of its own, which moves when no other does.
     *
     * @param concurrent takes each offer with what it does
     */
    default void offerConcurrent(Consumer<Offer> concurrent) {}

    /**
     * Takes back what a life that has died did not confirm.
     *
     * @param life the life that died
     */
    void died(Lifetime life);

    /**
     * Names what is still moving or waiting.
     *
     * @return a phrase for each, empty when there is nothing
     */
    List<String> leftovers();

    /** Ends this activity with its run. */
    void close();
}
