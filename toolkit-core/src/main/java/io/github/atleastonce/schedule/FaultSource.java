package io.github.atleastonce.schedule;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import org.apiguardian.api.API;

/**
 * A room that commits faults of its own, whatever the transport is: an extension point, found by {@link ServiceLoader}. What
 * nobody offers cannot be asked for: an exploration leaves it out, and its claim says so.
 *
 * <p>List the implementation in {@code META-INF/services/io.github.atleastonce.schedule.FaultSource}, and give it a public
 * constructor without parameters.
 */
@API(status = API.Status.INTERNAL)
@FunctionalInterface
public interface FaultSource {

    /**
     * Names the faults that this room offers where it has something to disturb.
     *
     * @return the faults
     */
    Set<Fault> faults();

    /**
     * Names faults of this room that have no place here, since a library that only some users have is not there: a test that takes the
     * default does without them, and says nothing of them.
     *
     * @return the faults, by default none
     */
    default Set<Fault> dormant() {
        return Set.of();
    }

    /**
     * Names what rooms on the class path would offer if the library were there that they are for.
     *
     * @return a modifiable copy
     */
    static Set<Fault> absent() {
        return of(FaultSource::dormant);
    }

    /**
     * Names what all rooms on the class path offer.
     *
     * @return a modifiable copy
     */
    static Set<Fault> present() {
        return of(FaultSource::faults);
    }

    private static Set<Fault> of(Function<FaultSource, Set<Fault>> which) {
        // Searched once: the class path of a loader does not change, and a search takes as long as ten runs in memory.
        final class Found {

            static final List<FaultSource> ALL = search();

            private static List<FaultSource> search() {
                List<FaultSource> all = new ArrayList<>();
                ServiceLoader.load(FaultSource.class, FaultSource.class.getClassLoader())
                        .forEach(all::add);
                return List.copyOf(all);
            }
        }
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        Found.ALL.forEach(source -> faults.addAll(which.apply(source)));
        return faults;
    }
}
