package io.github.atleastonce.channel;

import io.github.atleastonce.schedule.Fault;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Declares what may lawfully go wrong on a transport. Faults outside of it are never injected: they would blame a service for
 * what cannot happen to it.
 *
 * @param faults the faults that the transport can inject
 * @param ordering in what order a subscriber may see messages
 * @param confirmation when a position is confirmed
 * @param staleDuplicates whether a copy may arrive after a later message of its key: so with a relay that sends row by row, not so
 *     with an idempotent producer
 */
@API(status = API.Status.INTERNAL)
public record Capabilities(Set<Fault> faults, Ordering ordering, Confirmation confirmation, boolean staleDuplicates) {

    /**
     * Copies the set.
     *
     * @param faults see above
     * @param ordering see above
     * @param confirmation see above
     * @param staleDuplicates see above
     */
    public Capabilities {
        EnumSet<Fault> copy = EnumSet.noneOf(Fault.class);
        copy.addAll(faults);
        faults = Collections.unmodifiableSet(copy);
    }
}
