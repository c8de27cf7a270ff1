package io.github.atleastonce.explore;

import io.github.atleastonce.schedule.Fault;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an exploration has shown: what was exhausted, and apart from it what was run beyond.
 *
 * @param exhausted up to how many faults every schedule was run
 * @param turns how often the turn was handed on, in every way, among things that happened at once: {@link #EVERY} if there was no
 *     other way, {@link #COUNTED} if each handing on was a fault of its own
 * @param runs how many schedules that were
 * @param beyond how many schedules with one fault more, or one turn more, were run too
 * @param schedulesBeyond how many of those there are
 * @param bound the bound that ended the exploration, or null if none did
 * @param absent faults that were asked for and had no place to happen
 * @param unsupported faults that were asked for and cannot happen on the transport, or null if there are none
 */
public record Claim(
        int exhausted,
        int turns,
        long runs,
        long beyond,
        long schedulesBeyond,
        @Nullable String bound,
        Set<Fault> absent,
        @Nullable Unsupported unsupported) {

    /** Every interleaving was run. */
    public static final int EVERY = Integer.MAX_VALUE;

    /** Turns were counted among the faults. */
    public static final int COUNTED = -1;

    /**
     * Says whether anything was shown.
     *
     * @return whether at least every schedule with one fault was run
     */
    public boolean isConclusive() {
        return exhausted >= 1;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (isConclusive()) {
            text.append("holds under every schedule with ≤ ").append(faults(exhausted));
            if (turns == EVERY) {
                text.append(", every interleaving of ")
                        .append(exhausted == 1 ? "the two" : "what happens at once")
                        .append(" included");
            } else if (turns != COUNTED) {
                text.append(" and ≤ ").append(turns(turns));
            }
            text.append(" (").append(runs).append(runs == 1 ? " run)" : " runs)");
        } else {
            text.append("shows nothing: not every schedule with 1 fault was run");
        }
        if (bound != null) {
            text.append(isConclusive() ? "; beyond, " : "; ");
            text.append(beyond)
                    .append(" of ")
                    .append(schedulesBeyond)
                    .append(" with ")
                    .append(turns == COUNTED ? faults(exhausted + 1) : "1 turn more");
            text.append(" (stopped by ").append(bound).append(')');
        }
        if (!absent.isEmpty()) {
            text.append("; no place for ")
                    .append(absent.stream().map(Fault::name).collect(Collectors.joining(", ")));
        }
        if (unsupported != null) {
            text.append("; ").append(unsupported);
        }
        return text.toString();
    }

    private static String turns(int number) {
        return number == 1 ? "1 turn" : number + " turns";
    }

    private static String faults(int number) {
        return number == 1 ? "1 fault" : number + " faults";
    }
}
