package io.github.atleastonce.schedule;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of an exploration: a value for each {@link Bound}, whose name a message can cite. Reaching one is never a pass. Immutable.
 *
 * <p>Each method that changes one throws an {@code IllegalArgumentException} that names the bound, if the value permits nothing.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class Bounds {

    /** What suits a laptop: two faults, 100,000 runs, five minutes. */
    public static final Bounds DEFAULT = new Bounds(standard());

    private final Map<Bound, Object> values;
    /** The bounds that are asked for at each choice point; a look into the map costs a tenth of a run in memory. */
    private final int maxFaults;

    private final int duplicateHorizon;
    private final int rewind;
    private final int maxAttempts;
    private final int maxDeliveries;
    private final boolean everyInterleaving;

    private Bounds(Map<Bound, Object> values) {
        this.values = Collections.unmodifiableMap(values);
        this.maxFaults = number(Bound.MAX_FAULTS);
        this.duplicateHorizon = number(Bound.DUPLICATE_HORIZON);
        this.rewind = number(Bound.REWIND);
        this.maxAttempts = number(Bound.MAX_ATTEMPTS);
        this.maxDeliveries = number(Bound.MAX_DELIVERIES);
        this.everyInterleaving = (Boolean) value(Bound.EVERY_INTERLEAVING);
    }

    private static Map<Bound, Object> standard() {
        Map<Bound, Object> values = new EnumMap<>(Bound.class);
        for (Bound bound : Bound.values()) {
            values.put(bound, bound.standard());
        }
        return values;
    }

    /**
     * Returns these bounds with another value of one, as text. Durations may be written as {@code 30s} or {@code PT30S}.
     *
     * @param bound which one
     * @param text its value
     * @return new bounds
     * @throws IllegalArgumentException if the text is not what {@link Bound#wanted()} says
     */
    public Bounds with(Bound bound, String text) {
        return changed(bound, bound.parse(text));
    }

    private Bounds set(Bound bound, Object value) {
        return changed(bound, bound.lawful(value));
    }

    private Bounds changed(Bound bound, Object value) {
        Map<Bound, Object> changed = new EnumMap<>(values);
        changed.put(bound, value);
        return new Bounds(changed);
    }

    Object value(Bound bound) {
        return Objects.requireNonNull(values.get(bound));
    }

    private int number(Bound bound) {
        return (Integer) value(bound);
    }

    private Duration time(Bound bound) {
        return (Duration) value(bound);
    }

    /** {@return how many faults a schedule may have} */
    public int maxFaults() {
        return maxFaults;
    }

    /**
     * Returns these bounds with another number of faults.
     *
     * @param faults how many faults a schedule may have
     * @return new bounds
     */
    public Bounds withMaxFaults(int faults) {
        return set(Bound.MAX_FAULTS, faults);
    }

    /** {@return how many schedules are run at the most} */
    public int maxRuns() {
        return number(Bound.MAX_RUNS);
    }

    /**
     * Returns these bounds with another number of runs.
     *
     * @param runs how many schedules are run at the most
     * @return new bounds
     */
    public Bounds withMaxRuns(int runs) {
        return set(Bound.MAX_RUNS, runs);
    }

    /** {@return how long an exploration may take in all} */
    public Duration timeout() {
        return time(Bound.TIMEOUT);
    }

    /**
     * Returns these bounds with another time for the whole exploration.
     *
     * @param time how long an exploration may take in all
     * @return new bounds
     */
    public Bounds withTimeout(Duration time) {
        return set(Bound.TIMEOUT, time);
    }

    /** {@return how long a {@code settle()} may take} */
    public Duration settleTimeout() {
        return time(Bound.SETTLE_TIMEOUT);
    }

    /**
     * Returns these bounds with another time for a settling.
     *
     * @param time how long a {@code settle()} may take
     * @return new bounds
     */
    public Bounds withSettleTimeout(Duration time) {
        return set(Bound.SETTLE_TIMEOUT, time);
    }

    /** {@return how long a single run may take} */
    public Duration runTimeout() {
        return time(Bound.RUN_TIMEOUT);
    }

    /**
     * Returns these bounds with another time for a single run.
     *
     * @param time how long a run may take before it is told, and ended where it can be
     * @return new bounds
     */
    public Bounds withRunTimeout(Duration time) {
        return set(Bound.RUN_TIMEOUT, time);
    }

    /** {@return how many units of work a {@code settle()} may do} */
    public int maxDeliveries() {
        return maxDeliveries;
    }

    /**
     * Returns these bounds with another amount of work for a settling.
     *
     * @param deliveries how many units of work a {@code settle()} may do
     * @return new bounds
     */
    public Bounds withMaxDeliveries(int deliveries) {
        return set(Bound.MAX_DELIVERIES, deliveries);
    }

    /** {@return how many of the last messages of a channel may be duplicated} */
    public int duplicateHorizon() {
        return duplicateHorizon;
    }

    /**
     * Returns these bounds with another range of duplicates.
     *
     * @param messages how many of the last messages of a channel may be duplicated
     * @return new bounds
     */
    public Bounds withDuplicateHorizon(int messages) {
        return set(Bound.DUPLICATE_HORIZON, messages);
    }

    /** {@return how many handled messages a redelivery may go back} */
    public int rewind() {
        return rewind;
    }

    /**
     * Returns these bounds with another depth of redelivery.
     *
     * @param messages how many handled messages a redelivery may go back
     * @return new bounds
     */
    public Bounds withRewind(int messages) {
        return set(Bound.REWIND, messages);
    }

    /** {@return how often a message is handled before it is dead-lettered or the run fails} */
    public int maxAttempts() {
        return maxAttempts;
    }

    /**
     * Returns these bounds with another number of attempts.
     *
     * @param attempts how often a message is handled before it is dead-lettered or the run fails
     * @return new bounds
     */
    public Bounds withMaxAttempts(int attempts) {
        return set(Bound.MAX_ATTEMPTS, attempts);
    }

    /** {@return how far the clock moves for a delayed message where no timer is due, and before a message is tried again} */
    public Duration delay() {
        return time(Bound.DELAY);
    }

    /**
     * Returns these bounds with another length of a delay.
     *
     * @param time how far the clock moves for a delayed message where no timer is due, and before a message is tried again
     * @return new bounds
     */
    public Bounds withDelay(Duration time) {
        return set(Bound.DELAY, time);
    }

    /** {@return how long a broker may take to answer} */
    public Duration brokerTimeout() {
        return time(Bound.BROKER_TIMEOUT);
    }

    /**
     * Returns these bounds with another time for a broker's answer.
     *
     * @param time how long a broker may take to answer
     * @return new bounds
     */
    public Bounds withBrokerTimeout(Duration time) {
        return set(Bound.BROKER_TIMEOUT, time);
    }

    /** {@return how long a consumer may take to join where others have joined already} */
    public Duration joinTimeout() {
        return time(Bound.JOIN_TIMEOUT);
    }

    /**
     * Returns these bounds with another time for consumers to join.
     *
     * @param time how long a consumer may take to join where others have joined already
     * @return new bounds
     */
    public Bounds withJoinTimeout(Duration time) {
        return set(Bound.JOIN_TIMEOUT, time);
    }

    /** {@return how much longer than {@code settleTimeout} a {@code settle()} waits for a group that is changing its members} */
    public Duration rebalanceTimeout() {
        return time(Bound.REBALANCE_TIMEOUT);
    }

    /**
     * Returns these bounds with another time for groups that change.
     *
     * @param time how much longer than {@code settleTimeout} a {@code settle()} waits for a group that is changing its members
     * @return new bounds
     */
    public Bounds withRebalanceTimeout(Duration time) {
        return set(Bound.REBALANCE_TIMEOUT, time);
    }

    /** {@return how long a listener of the application that stops without leaving its group keeps what it was assigned} */
    public Duration sessionTimeout() {
        return time(Bound.SESSION_TIMEOUT);
    }

    /**
     * Returns these bounds with another time for sessions.
     *
     * @param time how long a listener of the application that stops without leaving its group keeps what it was assigned
     * @return new bounds
     */
    public Bounds withSessionTimeout(Duration time) {
        return set(Bound.SESSION_TIMEOUT, time);
    }

    /** {@return how long consumers may take over what an earlier run has left, before it is deleted} */
    public Duration leftoverTimeout() {
        return time(Bound.LEFTOVER_TIMEOUT);
    }

    /**
     * Returns these bounds with another time for what an earlier run has left.
     *
     * @param time how long consumers may take over it, before it is deleted
     * @return new bounds
     */
    public Bounds withLeftoverTimeout(Duration time) {
        return set(Bound.LEFTOVER_TIMEOUT, time);
    }

    /** {@return how long a listener's thread that has something to do is waited for, before the others go first} */
    public Duration arrivalTimeout() {
        return time(Bound.ARRIVAL_TIMEOUT);
    }

    /**
     * Returns these bounds with another time for listeners to come.
     *
     * @param time how long a listener's thread that has something to do is waited for, before the others go first
     * @return new bounds
     */
    public Bounds withArrivalTimeout(Duration time) {
        return set(Bound.ARRIVAL_TIMEOUT, time);
    }

    /** {@return how long a listener may take to stop after a crash} */
    public Duration stopTimeout() {
        return time(Bound.STOP_TIMEOUT);
    }

    /**
     * Returns these bounds with another time for listeners to stop.
     *
     * @param time how long a listener may take to stop after a crash
     * @return new bounds
     */
    public Bounds withStopTimeout(Duration time) {
        return set(Bound.STOP_TIMEOUT, time);
    }

    /** {@return whether the turn is handed on among things that happen at once as often as can be; if not, each handing on is a fault that {@code maxFaults} bounds like any other} */
    public boolean everyInterleaving() {
        return everyInterleaving;
    }

    /**
     * Returns these bounds with turns that no number bounds: whatever happens at once is interleaved in every way.
     *
     * @return new bounds
     */
    public Bounds withEveryInterleaving() {
        return set(Bound.EVERY_INTERLEAVING, true);
    }

    /**
     * Returns how many choices of a schedule may deviate from the fault-free one.
     *
     * @return {@code maxFaults}, or no bound if turns are not among them
     */
    public int maxDeviations() {
        return everyInterleaving() && maxFaults() > 0 ? Integer.MAX_VALUE : maxFaults();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bounds that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        StringJoiner all = new StringJoiner(", ");
        values.forEach((bound, value) -> all.add(bound + " = " + value));
        return all.toString();
    }
}
