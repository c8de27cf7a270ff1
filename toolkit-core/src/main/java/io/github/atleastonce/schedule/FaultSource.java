package io.github.atleastonce.schedule;

import java.util.EnumSet;
import java.util.ServiceLoader;
import java.util.Set;
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
     * Names what all rooms on the class path offer.
     *
     * @return a modifiable copy
     */
    static Set<Fault> present() {
        // Searched once: the class path of a loader does not change, and a search takes as long as ten runs in memory.
        final class Found {

            static final Set<Fault> ALL = search();

            private static Set<Fault> search() {
                EnumSet<Fault> all = EnumSet.noneOf(Fault.class);
                for (FaultSource source : ServiceLoader.load(FaultSource.class, FaultSource.class.getClassLoader())) {
                    all.addAll(source.faults());
                }
                return all;
            }
        }
        return EnumSet.copyOf(Found.ALL);
    }
}
