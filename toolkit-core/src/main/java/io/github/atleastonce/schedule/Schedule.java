package io.github.atleastonce.schedule;

import org.apiguardian.api.API;

/**
 * The oracle of a run: decides at each {@link ChoicePoint} what happens. Everything that varies between the runs of a body
 * goes through it.
 *
 * <p>Used by one thread at a time.
 */
@API(status = API.Status.INTERNAL)
public interface Schedule {

    /**
     * Says whether a fault may still be chosen. Callers build no choice point once this is false; it never becomes true
     * again.
     *
     * @return whether {@link #choose} may return anything but 0
     */
    boolean armed();

    /**
     * Says whether what is sent is delivered at all, pollers are ticked and timers fire. Only the run that finds out whether the
     * body of a test notices has it otherwise.
     *
     * @return whether the services get anything to do
     */
    default boolean delivers() {
        return true;
    }

    /**
     * Decides what happens at a point.
     *
     * @param point the place that the run has come to
     * @return 0 for no fault, else the number of the option taken
     */
    int choose(ChoicePoint point);

    /**
     * Returns what was met and chosen so far.
     *
     * @return the live trace of this schedule
     */
    Trace trace();
}
