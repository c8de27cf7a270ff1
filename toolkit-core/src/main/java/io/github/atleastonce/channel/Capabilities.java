package io.github.atleastonce.channel;

import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
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
 * @param distribution who gets a message
 * @param deliveryLimit after how many deliveries in vain, whoever's life they were in, the transport puts a message aside by itself; 0 if
 *     it never does
 * @param deliveryCount whether each message says how often it was delivered, in the header {@value #DELIVERY_COUNT}
 * @param deduplicationWindow for how long the transport takes a message that comes again with the same id for the one that it has; zero if it
 *     never does
 */
@API(status = API.Status.INTERNAL)
public record Capabilities(
        Set<Fault> faults,
        Ordering ordering,
        Confirmation confirmation,
        boolean staleDuplicates,
        Distribution distribution,
        int deliveryLimit,
        boolean deliveryCount,
        Duration deduplicationWindow) {

    /** The header in which a message says how often it was delivered, this time included. */
    public static final String DELIVERY_COUNT = "delivery-count";

    /**
     * Copies the set.
     *
     * @param faults see above
     * @param ordering see above
     * @param confirmation see above
     * @param staleDuplicates see above
     * @param distribution see above
     * @param deliveryLimit see above
     * @param deliveryCount see above
     * @param deduplicationWindow see above
     */
    public Capabilities {
        EnumSet<Fault> copy = EnumSet.noneOf(Fault.class);
        copy.addAll(faults);
        faults = Collections.unmodifiableSet(copy);
    }

    /**
     * Declares a log, which counts no deliveries and compares no ids.
     *
     * @param faults see above
     * @param ordering see above
     * @param confirmation see above
     * @param staleDuplicates see above
     */
    public Capabilities(Set<Fault> faults, Ordering ordering, Confirmation confirmation, boolean staleDuplicates) {
        this(faults, ordering, confirmation, staleDuplicates, Distribution.EVERY_GROUP, 0, false, Duration.ZERO);
    }
}
