package io.github.atleastonce.schedule;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Names what bounds an exploration. The name is the same everywhere: as the attribute of an annotation, in {@code
 * atleastonce.maxFaults} as a system property or configuration parameter, and in what is said when a bound is hit.
 */
@API(status = API.Status.EXPERIMENTAL)
public enum Bound {
    /** How many faults a schedule may have. */
    MAX_FAULTS("maxFaults", Kind.COUNT, "2"),

    /**
     * Whether the turn is handed on among things that happen at once as often as can be; if not, each handing on is a fault that {@code
     * maxFaults} bounds like any other.
     */
    EVERY_INTERLEAVING("everyInterleaving", Kind.FLAG, "false"),

    /** How many schedules are run at the most. */
    MAX_RUNS("maxRuns", Kind.POSITIVE, "100000"),

    /** How long an exploration may take in all. */
    TIMEOUT("timeout", Kind.TIME, "5m"),

    /** How long a {@code settle()} may take on a transport that has a clock of its own. */
    SETTLE_TIMEOUT("settleTimeout", Kind.TIME, "10s"),

    /** How long a single run may take before it is told, and ended where it can be. */
    RUN_TIMEOUT("runTimeout", Kind.TIME, "2m"),

    /** How many units of work a {@code settle()} may do; stands for {@code settleTimeout} where no time passes. */
    MAX_DELIVERIES("maxDeliveries", Kind.POSITIVE, "10000"),

    /** How many of the last messages of a channel may be duplicated. */
    DUPLICATE_HORIZON("duplicateHorizon", Kind.POSITIVE, "3"),

    /** How many handled messages a redelivery may go back. */
    REWIND("rewind", Kind.POSITIVE, "2"),

    /** How often a message is handled before it is dead-lettered or the run fails. */
    MAX_ATTEMPTS("maxAttempts", Kind.POSITIVE, "3"),

    /** How far the clock moves for a delayed message where no timer is due, and before a message is tried again. */
    DELAY("delay", Kind.TIME, "1m"),

    /** How long a broker may take to answer. */
    BROKER_TIMEOUT("brokerTimeout", Kind.TIME, "20s"),

    /** How long a consumer may take to join where others have joined already. */
    JOIN_TIMEOUT("joinTimeout", Kind.TIME, "3s"),

    /**
     * How much longer than {@code settleTimeout} a {@code settle()} waits for a consumer group that is changing its members: one that has
     * gone without a word keeps its partitions until its session ends.
     */
    REBALANCE_TIMEOUT("rebalanceTimeout", Kind.TIME, "1m"),

    /** How long a listener of the application that stops without leaving its group keeps what it was assigned. */
    SESSION_TIMEOUT("sessionTimeout", Kind.TIME, "10s"),

    /** How long consumers may take over what an earlier run has left, before it is deleted. */
    LEFTOVER_TIMEOUT("leftoverTimeout", Kind.TIME, "2s"),

    /** How long a listener's thread that has something to do is waited for, before the others go first. */
    ARRIVAL_TIMEOUT("arrivalTimeout", Kind.TIME, "2s"),

    /** How long a listener may take to stop after a crash. */
    STOP_TIMEOUT("stopTimeout", Kind.TIME, "30s");

    private final String title;
    private final Kind kind;
    private final String standard;

    /** What values a bound may have. */
    private enum Kind {
        COUNT("a whole number of at least 0"),
        POSITIVE("a whole number of at least 1"),
        TIME(Durations.WANTED),
        FLAG("'true' or 'false'");

        private final String wanted;

        Kind(String wanted) {
            this.wanted = wanted;
        }

        Object parse(String text) {
            return switch (this) {
                case COUNT, POSITIVE -> Integer.valueOf(text.strip());
                case TIME -> Durations.parse(text);
                case FLAG -> flag(text.strip().toLowerCase(Locale.ROOT));
            };
        }

        boolean permits(Object value) {
            return switch (this) {
                case COUNT -> (Integer) value >= 0;
                case POSITIVE -> (Integer) value >= 1;
                case TIME -> Durations.isLawful((Duration) value);
                case FLAG -> value instanceof Boolean;
            };
        }

        private static boolean flag(String text) {
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException(text);
            };
        }
    }

    Bound(String title, Kind kind, String standard) {
        this.title = title;
        this.kind = kind;
        this.standard = standard;
    }

    /**
     * Finds a bound.
     *
     * @param title its name
     * @return the bound, or empty if none has that name
     */
    public static Optional<Bound> named(String title) {
        return Arrays.stream(values())
                .filter(bound -> bound.title.equals(title))
                .findFirst();
    }

    /**
     * Says what values this bound may have.
     *
     * @return the words after "wants"
     */
    public String wanted() {
        return kind.wanted;
    }

    /**
     * Says what value this bound has, for a message that it was hit.
     *
     * @param bounds the bounds
     * @return such as {@code maxRuns = 100}
     */
    public String in(Bounds bounds) {
        return title + " = " + bounds.value(this);
    }

    /**
     * Returns the name of this bound.
     *
     * @return such as {@code maxRuns}
     */
    @Override
    public String toString() {
        return title;
    }

    Object standard() {
        return kind.parse(standard);
    }

    Object parse(String text) {
        Object value = kind.parse(text);
        if (!kind.permits(value)) {
            throw new IllegalArgumentException(text);
        }
        return value;
    }

    Object lawful(Object value) {
        if (!kind.permits(value)) {
            throw new IllegalArgumentException(
                    "The bound " + title + " wants " + kind.wanted + ", but is " + value + ".");
        }
        return value;
    }
}
