package io.github.atleastonce.explore;

import org.apiguardian.api.API;

/** How far an exploration went in interleaving what happened at once. */
@API(status = API.Status.INTERNAL)
public sealed interface SwitchBound {

    /** Each switch from one task to another was a fault, counted as any other; also where nothing happened at once. */
    record Counted() implements SwitchBound {}

    /**
     * Switches were counted beside the faults.
     *
     * @param switches up to how many every schedule was run
     */
    record UpTo(int switches) implements SwitchBound {}

    /** Every interleaving was run. */
    record Every() implements SwitchBound {}

    /**
     * Says how far an exploration went.
     *
     * @param interleaved whether switches were counted beside the faults
     * @param exhausted up to how many faults and switches together every schedule was run
     * @param everything whether those are all
     * @param maxFaults up to how many faults a schedule had
     * @return how far
     */
    static SwitchBound of(boolean interleaved, int exhausted, boolean everything, int maxFaults) {
        if (!interleaved || exhausted < maxFaults) {
            return new Counted();
        }
        return everything ? new Every() : new UpTo(exhausted - maxFaults);
    }
}
