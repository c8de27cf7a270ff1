package io.github.atleastonce.schedule;

import org.apiguardian.api.API;

/**
 * A place in a run at which a fault may happen. Choice 0 is always "no fault".
 *
 * <p>An extension point for rooms that know an I/O boundary. Points are created by the thousand in each second, so an
 * implementation keeps references and builds its strings only when they are asked for. It must be immutable and must not
 * hold on to a run: explorers keep the points of runs that are over.
 */
@API(status = API.Status.INTERNAL)
public interface ChoicePoint {

    /**
     * Returns the name of this place by its cause, for example {@code customers<orders[k1]/commit}. It must be the same in
     * every run that has taken the same choices so far; several points of a run may share a name.
     *
     * @return the stable name
     */
    String name();

    /**
     * Returns how many faults are offered here beside "no fault".
     *
     * @return a number of at least 1
     */
    int options();

    /**
     * Describes one of the faults offered here.
     *
     * @param choice from 1 to {@link #options()}
     * @return the option
     */
    Option option(int choice);
}
