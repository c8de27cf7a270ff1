package io.github.atleastonce.history;

import io.github.atleastonce.schedule.Fault;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What a room offers to leave out where it makes runs differ from each other: then it shows less, and that for certain. Shared by the runs of an exploration.
 * Safe for use by several threads.
 */
@API(status = API.Status.INTERNAL)
public final class Fallback {

    private @Nullable String offered;
    private Set<Fault> faults = Set.of();
    private boolean taken;

    Fallback() {}

    /**
     * Offers to leave something out of the runs that follow.
     *
     * @param remark what the claim says then
     * @param lost the faults that may have no place any more
     */
    public synchronized void offer(String remark, Set<Fault> lost) {
        offered = remark;
        faults = EnumSet.copyOf(lost);
    }

    /**
     * Takes what was offered, once.
     *
     * @param named the faults that the test wants a place for
     * @return what the claim is to say, or empty if nothing was offered, or too much
     */
    public synchronized Optional<String> take(Set<Fault> named) {
        Optional<String> remark = Optional.ofNullable(offered).filter(any -> isOffered(named));
        taken |= remark.isPresent();
        return remark;
    }

    /**
     * Says whether something can be left out that is not yet.
     *
     * @param needed the faults that have to have their places
     * @return whether it can, and none of these faults is lost by that
     */
    public synchronized boolean isOffered(Set<Fault> needed) {
        return !taken && offered != null && needed.stream().noneMatch(faults::contains);
    }

    /**
     * Says whether it is left out.
     *
     * @return whether it was taken
     */
    public synchronized boolean isTaken() {
        return taken;
    }
}
