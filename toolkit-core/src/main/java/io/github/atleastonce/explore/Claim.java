package io.github.atleastonce.explore;

import io.github.atleastonce.schedule.Fault;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What an exploration has shown: what was exhausted, and apart from it what was run beyond.
 *
 * @param exhausted up to how many faults every schedule was run
 * @param interleaving how far what happened at once was interleaved
 * @param runs how many schedules that were, those that were derived included
 * @param beyond what was run beyond before a bound ended the exploration, or null if none did
 * @param faults the faults that were tried, and those that were not
 * @param absent faults that were tried and had no place to happen
 * @param places how many places each fault had in the run without faults
 * @param stepless the services that handled messages without any step, in the run without faults
 * @param remarks what was seen that limits what was shown, each in words
 * @param uncovered what the test wants to come about in some run, and came about in none, each in words
 * @param undelivered why it was not tried whether the body passes even when nothing is delivered, or null
 * @param share what one of several parts has run, of which alone this speaks; null if it speaks of everything
 * @param without what was derived rather than run; null if each schedule was run
 */
@API(status = API.Status.EXPERIMENTAL)
public record Claim(
        int exhausted,
        SwitchBound interleaving,
        long runs,
        @Nullable Beyond beyond,
        FaultSelection faults,
        Set<Fault> absent,
        Map<Fault, Integer> places,
        Set<String> stepless,
        Set<String> remarks,
        Set<String> uncovered,
        @Nullable String undelivered,
        @Nullable Share share,
        @Nullable Without without) {

    /**
     * What was not run, since it was derived from what was.
     *
     * @param derived how many of the schedules were derived
     * @param checked how many of those were run all the same
     * @param closed whether all schedules with more faults, however many, can be derived, too
     */
    public record Without(long derived, long checked, boolean closed) {}

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
     * Says whether that is all that was asked for.
     *
     * @return whether nothing but a budget ended the exploration, every fault that must have a place had one, and everything came about that the
     *     test wants to see in some run; the last two are for all parts together to say, if there are several
     */
    public boolean isComplete() {
        return (beyond == null || beyond.bound().onPurpose())
                && (share != null || missing().isEmpty() && uncovered.isEmpty());
    }

    /** Names the faults that the test names and that had no place to happen. */
    Set<Fault> missing() {
        EnumSet<Fault> missing = EnumSet.noneOf(Fault.class);
        missing.addAll(faults.required());
        missing.retainAll(absent);
        return Collections.unmodifiableSet(missing);
    }

    /**
     * Says what was shown, as the end of a sentence.
     *
     * @return for example {@code holds under every schedule with ≤ 1 fault (20 runs); tried: CRASH}
     */
    @Override
    public String toString() {
        return ClaimText.of(this);
    }

    /**
     * Says what was shown, as a sentence of its own.
     *
     * @return for example {@code Holds under every schedule with ≤ 1 fault (20 runs); tried: CRASH.}
     */
    public String sentence() {
        String text = ClaimText.of(this);
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
