package io.github.atleastonce.channel;

import io.github.atleastonce.run.Settings;
import io.github.atleastonce.run.Unsupported;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Fault;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

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
public record Capabilities(Set<Fault> faults, Ordering ordering, Confirmation confirmation, boolean staleDuplicates) {

    /**
     * Happen to databases, third parties, and the send of a life, so whether they are possible is not the transport's to say.
     */
    private static final Set<Fault> ELSEWHERE = Set.of(
            Fault.CONNECTION_LOST,
            Fault.SEND_FAILED,
            Fault.SEND_UNCERTAIN,
            Fault.RESPONSE_LOST,
            Fault.RESPONSE_ERROR,
            Fault.RESPONSE_SLOW);

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

    /**
     * Adds what may happen to those who use the transport.
     *
     * @param more the faults
     * @return capabilities with these faults, too
     */
    public Capabilities and(Set<Fault> more) {
        EnumSet<Fault> all = EnumSet.noneOf(Fault.class);
        all.addAll(faults);
        all.addAll(more);
        return new Capabilities(all, ordering, confirmation, staleDuplicates);
    }

    /**
     * Leaves out of an exploration what cannot happen on this transport. Faults of databases and third parties stay.
     *
     * @param wanted what to explore
     * @param transport the transport with its preposition, for example {@code on Kafka}
     * @return settings without those faults; their claim names them
     * @throws UsageException if no fault is left
     */
    public Settings limit(Settings wanted, String transport) {
        EnumSet<Fault> impossible = EnumSet.noneOf(Fault.class);
        impossible.addAll(wanted.faults());
        impossible.removeAll(faults);
        impossible.removeAll(ELSEWHERE);
        if (impossible.isEmpty()) {
            return wanted;
        }
        Settings limited = wanted.without(new Unsupported(impossible, transport));
        if (limited.faults().isEmpty()) {
            throw new UsageException("None of the faults " + impossible + " is possible " + transport
                    + ": name at least one of " + faults + ".");
        }
        return limited;
    }
}
