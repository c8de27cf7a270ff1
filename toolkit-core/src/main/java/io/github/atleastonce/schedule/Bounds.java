package io.github.atleastonce.schedule;

import java.time.Duration;

/**
 * The bounds of an exploration, each with a name that a message can cite. Reaching one is never a pass.
 *
 * @param maxFaults how many faults a schedule may have
 * @param maxRuns how many schedules are run at the most
 * @param timeout how long an exploration may take in all
 * @param settleTimeout how long a {@code settle()} may take on a transport that has a clock of its own
 * @param maxDeliveries how many units of work a {@code settle()} may do; stands for {@code settleTimeout} where no time passes
 * @param duplicateHorizon how many of the last messages of a channel may be duplicated
 * @param rewind how many handled messages a redelivery may go back
 * @param maxAttempts how often a message is handled before it is dead-lettered or the run fails
 * @param delay how far the clock moves for a delayed message where no timer is due
 * @param everyInterleaving whether the turn is handed on among things that happen at once as often as can be; if not, each handing on
 *     is a fault that {@code maxFaults} bounds like any other
 */
public record Bounds(
        int maxFaults,
        int maxRuns,
        Duration timeout,
        Duration settleTimeout,
        int maxDeliveries,
        int duplicateHorizon,
        int rewind,
        int maxAttempts,
        Duration delay,
        boolean everyInterleaving) {

    /** What suits a laptop: two faults, 100,000 runs, five minutes. */
    public static final Bounds DEFAULT = new Bounds(
            2, 100_000, Duration.ofMinutes(5), Duration.ofSeconds(10), 10_000, 3, 2, 3, Duration.ofMinutes(1), false);

    /**
     * Refuses bounds that permit nothing.
     *
     * @param maxFaults see above
     * @param maxRuns see above
     * @param timeout see above
     * @param settleTimeout see above
     * @param maxDeliveries see above
     * @param duplicateHorizon see above
     * @param rewind see above
     * @param maxAttempts see above
     * @param delay see above
     * @param everyInterleaving see above
     */
    public Bounds {
        require(maxFaults >= 0, "maxFaults", "at least 0", maxFaults);
        require(maxRuns >= 1, "maxRuns", "at least 1", maxRuns);
        require(!timeout.isNegative() && !timeout.isZero(), "timeout", "longer than nothing", timeout);
        require(
                !settleTimeout.isNegative() && !settleTimeout.isZero(),
                "settleTimeout",
                "longer than nothing",
                settleTimeout);
        require(maxDeliveries >= 1, "maxDeliveries", "at least 1", maxDeliveries);
        require(duplicateHorizon >= 1, "duplicateHorizon", "at least 1", duplicateHorizon);
        require(rewind >= 1, "rewind", "at least 1", rewind);
        require(maxAttempts >= 1, "maxAttempts", "at least 1", maxAttempts);
        require(!delay.isNegative() && !delay.isZero(), "delay", "longer than nothing", delay);
    }

    private static void require(boolean holds, String name, String wanted, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("The bound " + name + " must be " + wanted + ", but was " + found + ".");
        }
    }

    /**
     * Returns these bounds with another number of faults.
     *
     * @param faults how many faults a schedule may have
     * @return new bounds
     */
    public Bounds withMaxFaults(int faults) {
        return with(faults, maxRuns, timeout, settleTimeout, rewind, everyInterleaving);
    }

    /**
     * Returns these bounds with another number of runs.
     *
     * @param runs how many schedules are run at the most
     * @return new bounds
     */
    public Bounds withMaxRuns(int runs) {
        return with(maxFaults, runs, timeout, settleTimeout, rewind, everyInterleaving);
    }

    /**
     * Returns these bounds with another time for the whole exploration.
     *
     * @param time how long it may take
     * @return new bounds
     */
    public Bounds withTimeout(Duration time) {
        return with(maxFaults, maxRuns, time, settleTimeout, rewind, everyInterleaving);
    }

    /**
     * Returns these bounds with another time for a settling.
     *
     * @param time how long a {@code settle()} may take
     * @return new bounds
     */
    public Bounds withSettleTimeout(Duration time) {
        return with(maxFaults, maxRuns, timeout, time, rewind, everyInterleaving);
    }

    /**
     * Returns these bounds with another depth of redelivery.
     *
     * @param messages how many handled messages a redelivery may go back
     * @return new bounds
     */
    public Bounds withRewind(int messages) {
        return with(maxFaults, maxRuns, timeout, settleTimeout, messages, everyInterleaving);
    }

    /**
     * Returns these bounds with turns that no number bounds: whatever happens at once is interleaved in every way.
     *
     * @return new bounds
     */
    public Bounds withEveryInterleaving() {
        return with(maxFaults, maxRuns, timeout, settleTimeout, rewind, true);
    }

    /** Changes what can be changed; the rest stays. */
    private Bounds with(int faults, int runs, Duration time, Duration settling, int messages, boolean interleaving) {
        return new Bounds(
                faults,
                runs,
                time,
                settling,
                maxDeliveries,
                duplicateHorizon,
                messages,
                maxAttempts,
                delay,
                interleaving);
    }

    /**
     * Returns how many choices of a schedule may deviate from the fault-free one.
     *
     * @return {@code maxFaults}, or no bound if turns are not among them
     */
    public int maxDeviations() {
        return everyInterleaving && maxFaults > 0 ? Integer.MAX_VALUE : maxFaults;
    }
}
