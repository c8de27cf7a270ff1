package io.github.atleastonce.report;

import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.ServiceFailedException;
import io.github.atleastonce.run.UsageException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says what was thrown, with expected and actual value one below the other. */
final class Complaint {

    private static final int LINES = 40;
    private static final int LINE = 2_000;
    private static final Pattern ONE_LINE =
            Pattern.compile("(?:(?<what>.*?)(?: ==>)? )?(?<expected>expected: .*?),? (?<actual>but was: .*)");

    private Complaint() {}

    static String of(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getName() + " without a message" + at(failure.getStackTrace());
        }
        String shaped = shaped(message);
        return speaksForItself(failure) ? shaped : failure.getClass().getName() + ": " + shaped;
    }

    private static String shaped(String message) {
        List<String> lines = message.stripTrailing()
                .stripIndent()
                .lines()
                .dropWhile(String::isBlank)
                .toList();
        if (lines.size() == 1) {
            return apart(cut(lines.get(0).strip()));
        }
        if (lines.size() <= LINES) {
            return join(lines);
        }
        return join(lines.subList(0, LINES - 1)) + "\n… " + (lines.size() - LINES + 1) + " more lines";
    }

    private static String join(List<String> lines) {
        return lines.stream().map(Complaint::cut).collect(Collectors.joining("\n"));
    }

    /** A line that nobody reads to its end, such as a whole document in a message, loses its middle. */
    static String cut(String line) {
        return line.length() <= LINE ? line : Brief.text(line, LINE);
    }

    private static String apart(String line) {
        Matcher matcher = ONE_LINE.matcher(line);
        if (!matcher.matches()) {
            return line;
        }
        String what = matcher.group("what");
        return (what == null ? "" : what + "\n") + matcher.group("expected") + "\n " + matcher.group("actual");
    }

    private static boolean speaksForItself(Throwable failure) {
        return failure instanceof AssertionError
                || failure instanceof UsageException
                || failure instanceof ServiceFailedException
                || failure instanceof NotSettledException;
    }

    private static String at(StackTraceElement[] trace) {
        return trace.length == 0 ? "" : ", thrown at " + trace[0];
    }
}
