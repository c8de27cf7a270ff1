package io.github.atleastonce.explore;

import org.apiguardian.api.API;

/**
 * Asks for schedules to be derived from others where two runs come to the same state.
 *
 * @param share which share of what was derived is run all the same, from 0 to 1
 * @param seed decides which ones
 */
@API(status = API.Status.INTERNAL)
public record Deriving(double share, long seed) {

    /** What {@code derive = true} stands for. */
    public static final Deriving USUAL = new Deriving(0.05, 0x5eed);

    /** Says whether one of what was derived is run all the same. */
    boolean picks(long level, long branch, long number) {
        long mixed = seed;
        for (long part : new long[] {level, branch, number}) {
            // The finalizer of SplitMix64 (Steele, Lea and Flood 2014).
            mixed = (mixed ^ part) + 0x9e3779b97f4a7c15L;
            mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
            mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
            mixed ^= mixed >>> 31;
        }
        return (mixed >>> 11) * 0x1.0p-53 < share;
    }
}
