package io.github.atleastonce.explore;

import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * What differs from run to run in any correct service: identity hashes, UUIDs, instants and what stopwatches show. A pure function.
 */
@API(status = API.Status.INTERNAL)
public final class Varying {

    private static final Pattern VARYING = Pattern.compile("@[0-9a-f]{4,8}\\b"
            // It may stand behind a word of its own: order_….
            + "|(?<![0-9a-fA-F])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![0-9a-fA-F])"
            + "|\\b\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?Z?"
            // As headers of HTTP have it.
            + "|\\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d{1,2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} (?:GMT|UTC|[+-]\\d{4})"
            + "|\\b1\\d{12}(?:\\d{3}){0,2}\\b"
            // The time that something took: with its unit, or after a word that says so.
            + "|\\b\\d+(?:[.,]\\d+)?\\s?(?:ns|µs|us|ms|s|sec|seconds|min)\\b"
            + "|\\bPT[0-9HMS.]+"
            + "|(?i:nanos|millis|micros|took|elapsed|duration|latency)\\W{1,3}\\d+");

    private Varying() {}

    /**
     * Makes texts equal that differ only in this.
     *
     * @param text any text
     * @return the text with {@code …} for each of them
     */
    public static String masked(String text) {
        return VARYING.matcher(text).replaceAll("…");
    }
}
