package io.github.atleastonce.explore;

import io.github.atleastonce.schedule.Fault;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an exploration has shown: what was exhausted, and apart from it what was run beyond.
 *
 * @param exhausted up to how many faults every schedule was run
 * @param interleaving how far what happened at once was interleaved
 * @param runs how many schedules that were
 * @param beyond what was run beyond before a bound ended the exploration, or null if none did
 * @param absent faults that were asked for and had no place to happen
 * @param unsupported faults that were asked for and cannot happen on the transport, or null if there are none
 */
public record Claim(
        int exhausted,
        Interleaving interleaving,
        long runs,
        @Nullable Beyond beyond,
        Set<Fault> absent,
        @Nullable Unsupported unsupported) {

    /**
     * What was run of the schedules that are one fault, or one switch, larger than what was exhausted.
     *
     * @param runs how many of them were run
     * @param schedules how many of them there are
     * @param bound the bound that ended the exploration
     */
    public record Beyond(long runs, long schedules, ReachedBound bound) {}

    /**
     * Says whether anything was shown.
     *
     * @return whether at least every schedule with one fault was run
     */
    public boolean isConclusive() {
        return exhausted >= 1;
    }

    /**
     * Says what was shown, as the end of a sentence.
     *
     * @return for example {@code holds under every schedule with ≤ 1 fault (20 runs)}
     */
    @Override
    public String toString() {
        return ClaimText.of(this);
    }

    /**
     * Says what was shown, as a sentence of its own.
     *
     * @return for example {@code Holds under every schedule with ≤ 1 fault (20 runs).}
     */
    public String sentence() {
        String text = ClaimText.of(this);
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
