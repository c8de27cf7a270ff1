package io.github.atleastonce.junit;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The lines of the console: one for each fault test, and one for all. */
final class ClaimLines {

    private ClaimLines() {}

    static String of(KeptResult result) {
        String page = result.entries().get(Result.PAGE);
        return result.shortName() + ": " + result.entries().get(Result.LINE) + " ("
                + time(result.entries()) + ")"
                + (page == null ? "" : "; see " + fromHere(Path.of(page)));
    }

    static String total(List<Map<String, String>> results) {
        long runs = 0;
        long millis = 0;
        Map<String, Integer> counts = new TreeMap<>();
        for (Map<String, String> entries : results) {
            runs += number(entries, Result.RUNS);
            millis += number(entries, Result.MILLIS);
            counts.merge(entries.getOrDefault(Result.OUTCOME, ""), 1, Integer::sum);
        }
        int hold = counts.getOrDefault(Result.HOLDS, 0);
        counts.remove(Result.HOLDS);
        StringBuilder text = new StringBuilder(results.size() + (results.size() == 1 ? " fault test" : " fault tests"));
        String shard = results.isEmpty() ? null : results.get(0).get(Result.SHARD);
        text.append(shard == null ? "" : " in shard " + shard.replace("/", " of "))
                .append(": ");
        text.append(hold).append(hold == 1 ? " holds" : " hold");
        counts.forEach(
                (outcome, count) -> text.append(", ").append(count).append(' ').append(outcome));
        return text.append("; ")
                .append(runs)
                .append(runs == 1 ? " run in " : " runs in ")
                .append(seconds(millis))
                .toString();
    }

    static String time(Map<String, String> entries) {
        return seconds(number(entries, Result.MILLIS));
    }

    static Path fromHere(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file) : file;
    }

    private static long number(Map<String, String> entries, String key) {
        return Long.parseLong(entries.getOrDefault(key, "0"));
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
