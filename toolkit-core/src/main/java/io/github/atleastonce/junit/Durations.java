package io.github.atleastonce.junit;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as people write them. */
final class Durations {

    static final String WANTED = "a duration longer than nothing, such as 30s, 5m or PT5M";

    private static final Pattern SHORT = Pattern.compile("(?<number>\\d{1,9})\\s*(?<unit>ms|s|m|h)?");

    private Durations() {}

    /** Reads a number with ms, s, m or h, in seconds if there is no unit as elsewhere in JUnit, or what ISO 8601 says. */
    static Duration parse(String text) {
        Duration duration = read(text.strip().toLowerCase(Locale.ROOT));
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(text);
        }
        return duration;
    }

    private static Duration read(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (!matcher.matches()) {
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException unreadable) {
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
