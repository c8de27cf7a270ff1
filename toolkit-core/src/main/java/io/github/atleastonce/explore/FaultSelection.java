package io.github.atleastonce.explore;

import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Fault;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Which faults an exploration tries, and which it does not. Immutable.
 *
 * @param tried the faults that may be injected
 * @param required those of them that must have a place to happen, since the test names them
 * @param untried faults that could happen as well, and were not asked for
 * @param amongNodes faults that nobody has named, and that happen only where a service has several nodes: where none has, nothing is said of them
 * @param unsupported faults that were asked for and cannot happen, or null if there are none
 */
@API(status = API.Status.INTERNAL)
public record FaultSelection(
        Set<Fault> tried,
        Set<Fault> required,
        Set<Fault> untried,
        Set<Fault> amongNodes,
        @Nullable Unsupported unsupported) {

    /**
     * What no broker does that keeps its promises, what takes a client's real time-out, what only an attacker does, and what wants an archive: only a
     * test that asks for them gets them.
     */
    private static final Set<Fault> OPT_IN = Collections.unmodifiableSet(
            EnumSet.of(Fault.DROP, Fault.RESPONSE_SLOW, Fault.FORGED, Fault.STALE, Fault.OLD_SCHEMA));

    /**
     * Copies the sets.
     *
     * @param tried see above
     * @param required see above
     * @param untried see above
     * @param amongNodes see above
     * @param unsupported see above
     */
    public FaultSelection {
        tried = Collections.unmodifiableSet(copy(tried));
        required = Collections.unmodifiableSet(copy(required));
        untried = Collections.unmodifiableSet(copy(untried));
        amongNodes = Collections.unmodifiableSet(copy(amongNodes));
    }

    /**
     * Tries some faults, each of which may turn out to have no place.
     *
     * @param faults the faults
     * @return the selection
     */
    public static FaultSelection of(Set<Fault> faults) {
        return new FaultSelection(faults, Set.of(), Set.of(), Set.of(), null);
    }

    /**
     * Requires that some of the faults have a place.
     *
     * @param named those faults
     * @return a new selection
     */
    public FaultSelection requiring(Set<Fault> named) {
        return new FaultSelection(tried, named, untried, amongNodes, unsupported);
    }

    /**
     * Says nothing of some faults where no service has several nodes, among which they happen.
     *
     * @param unnamed those faults, none of which the test has named
     * @return a new selection
     */
    public FaultSelection amongNodes(Set<Fault> unnamed) {
        return new FaultSelection(tried, required, untried, unnamed, unsupported);
    }

    /** Leaves out what happens among nodes, where there are none. */
    FaultSelection withoutNodes() {
        return new FaultSelection(
                without(tried, amongNodes), required, without(untried, amongNodes), Set.of(), unsupported);
    }

    /**
     * Leaves out what nobody offers, and takes note of what could be tried besides.
     *
     * @param offered what the transport, the application and all other rooms together offer
     * @param where the transport with its preposition, for the claim and for messages
     * @return a new selection
     * @throws UsageException if none of the faults is left, or a required one is not possible
     */
    FaultSelection limitedTo(Set<Fault> offered, String where) {
        EnumSet<Fault> impossible = copy(tried);
        impossible.removeAll(offered);
        EnumSet<Fault> possible = copy(tried);
        possible.removeAll(impossible);
        if (possible.isEmpty() && !tried.isEmpty()) {
            throw new UsageException("None of the faults " + impossible + " is possible " + where
                    + ": name at least one of " + copy(offered) + ".");
        }
        EnumSet<Fault> missing = copy(required);
        missing.retainAll(impossible);
        if (!missing.isEmpty()) {
            throw new UsageException("The test names " + missing + ", which is not possible " + where
                    + ": leave it out, or say optional = " + missing.iterator().next() + ".");
        }
        EnumSet<Fault> others = copy(offered);
        others.removeAll(tried);
        others.removeAll(OPT_IN);
        return new FaultSelection(
                possible,
                required,
                others,
                amongNodes,
                impossible.isEmpty() ? null : new Unsupported(impossible, where));
    }

    static EnumSet<Fault> without(Set<Fault> faults, Set<Fault> others) {
        EnumSet<Fault> left = copy(faults);
        left.removeAll(others);
        return left;
    }

    private static EnumSet<Fault> copy(Set<Fault> faults) {
        EnumSet<Fault> copy = EnumSet.noneOf(Fault.class);
        copy.addAll(faults);
        return copy;
    }
}
