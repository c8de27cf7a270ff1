package io.github.atleastonce.schedule;

import java.util.List;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * The text that replays a schedule: a version and the deviations from the fault-free run, each named by its cause, for
 * example {@code 1:crash(customers<orders[k1]/commit)}.
 *
 * <p>It holds no hashes, counters of the whole run or real keys, so it survives a change of unrelated code. The idea of a
 * printable, versioned schedule inside the failure message is Shuttle's.
 *
 * @param deviations the faults in the order in which they happen; empty for the fault-free schedule
 */
@API(status = API.Status.EXPERIMENTAL)
public record ScheduleToken(List<Deviation> deviations) {

    /** The version that this release writes and reads. */
    public static final int VERSION = 1;

    /**
     * Copies the list.
     *
     * @param deviations see above
     */
    public ScheduleToken {
        deviations = List.copyOf(deviations);
    }

    /**
     * Reads a token.
     *
     * @param token the text, surrounding blanks and one pair of quotation marks are forgiven
     * @return the token
     * @throws IllegalArgumentException with one sentence that says what is wrong, if the text is malformed or of another
     *     version
     */
    public static ScheduleToken parse(String token) {
        String text = unquoted(token.strip());
        int colon = text.indexOf(':');
        if (colon < 1 || !text.substring(0, colon).chars().allMatch(Character::isDigit)) {
            throw TokenSyntax.malformed(token, "it does not begin with a version and a colon");
        }
        String version = text.substring(0, colon);
        if (!version.equals(Integer.toString(VERSION))) {
            throw new IllegalArgumentException(
                    "The replay token '" + TokenSyntax.shown(token) + "' is of version " + TokenSyntax.shown(version)
                            + ", but this release reads version " + VERSION + ": run the test again to get a new one.");
        }
        String rest = text.substring(colon + 1);
        return new ScheduleToken(rest.isEmpty() ? List.of() : TokenSyntax.parse(rest, token));
    }

    /**
     * Returns a schedule that takes these deviations as it meets them and nothing else.
     *
     * @return a new schedule
     */
    public ReplaySchedule schedule() {
        return new ReplaySchedule(this);
    }

    /**
     * Writes the token so that {@link #parse} reads it back.
     *
     * @return the readable form
     */
    @Override
    public String toString() {
        return VERSION + ":" + deviations.stream().map(Deviation::toString).collect(Collectors.joining("+"));
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2
                && (text.charAt(0) == '\'' || text.charAt(0) == '"')
                && text.charAt(text.length() - 1) == text.charAt(0);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
