package io.github.atleastonce.explore;

import io.github.atleastonce.schedule.Fault;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * Faults that a test asked for and that its transport cannot inject.
 *
 * @param faults the faults
 * @param transport the transport with its preposition, for example {@code in memory} or {@code on Kafka}
 */
@API(status = API.Status.INTERNAL)
public record Unsupported(Set<Fault> faults, String transport) {

    /**
     * Copies the set.
     *
     * @param faults see above
     * @param transport see above
     */
    public Unsupported {
        EnumSet<Fault> copy = EnumSet.noneOf(Fault.class);
        copy.addAll(faults);
        faults = Collections.unmodifiableSet(copy);
    }

    /**
     * Says so in words for people.
     *
     * @return for example {@code not possible on Kafka: REDELIVERY, DROP}
     */
    @Override
    public String toString() {
        return "not possible " + transport + ": "
                + faults.stream().map(Fault::name).collect(Collectors.joining(", "));
    }
}
