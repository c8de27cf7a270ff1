package io.github.atleastonce.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/** Reads durations as people write them. */
@API(status = API.Status.INTERNAL)
public final class Durations {

    /** More than any test takes, and few enough to be counted in nanoseconds. */
    public static final Duration LONGEST = Duration.ofDays(10_000);

    /** What is read here, in words. */
    public static final String WANTED =
            "a duration longer than nothing, of 10000 days at the most, such as 30s, 5m or PT5M";

    private static final Pattern SHORT = Pattern.compile("(?<number>\\d{1,9})\\s*(?<unit>ms|s|m|h)?");

    private Durations() {}

    /**
     * Reads a number with ms, s, m or h, in seconds if there is no unit as elsewhere in JUnit, or what ISO 8601 says.
     *
     * @param text the text
     * @return the duration
     * @throws IllegalArgumentException if it is none, or one that is not {@link #WANTED}
     */
    public static Duration parse(String text) {
        Duration duration = read(text.strip().toLowerCase(Locale.ROOT));
        if (!isLawful(duration)) {
            throw new IllegalArgumentException(text);
        }
        return duration;
    }

    static boolean isLawful(Duration duration) {
        return !duration.isZero() && !duration.isNegative() && duration.compareTo(LONGEST) <= 0;
    }

    private static Duration read(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (!matcher.matches()) {
            try {
                return Duration.parse(text);
            } catch (DateTimeException | ArithmeticException unreadable) {
                throw new IllegalArgumentException(text, unreadable);
            }
        }
        long number = Long.parseLong(matcher.group("number"));
        String unit = matcher.group("unit");
        return switch (unit == null ? "s" : unit) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
