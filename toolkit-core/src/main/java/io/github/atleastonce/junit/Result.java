package io.github.atleastonce.junit;

import io.github.atleastonce.explore.Claim;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.report.Story;
import io.github.atleastonce.schedule.ScheduleToken;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of a fault test when it is over, as the entries of a report: they reach every listener of the platform. */
final class Result {

    /** The key of the story, which stood alone before there were others. */
    static final String STORY = "atleastonce";

    static final String OUTCOME = STORY + ".outcome";
    static final String LINE = STORY + ".line";
    static final String RUNS = STORY + ".runs";
    static final String MILLIS = STORY + ".millis";
    static final String DIRECTORY = STORY + ".directory";
    static final String PAGE = STORY + ".page";
    static final String WHERE = STORY + ".where";
    static final String TOKEN = STORY + ".token";
    static final String EXHAUSTED = STORY + ".exhausted";
    static final String TRIED = STORY + ".tried";
    static final String WITHOUT_PLACE = STORY + ".withoutPlace";
    static final String STEPLESS = STORY + ".withoutStep";
    static final String NOT_TRIED = STORY + ".notTried";
    static final String PLACES = STORY + ".places";
    static final String SHARD = STORY + ".shard";
    /** What is wanted to put all shards together; for nobody else. */
    static final String SHARE = STORY + ".share";

    static final String HOLDS = "holds";
    static final String FAILED = "failed";
    static final String REPLAYED = "replayed";

    private Result() {}

    /** Makes the entries for an outcome; each value is one line but the story. */
    static Map<String, String> of(Outcome outcome, long runs, Duration taken, Optional<Path> directory) {
        Map<String, String> entries = new LinkedHashMap<>();
        Story story = Story.of(outcome);
        entries.put(STORY, story.text());
        entries.put(OUTCOME, name(outcome));
        entries.put(LINE, story.line());
        entries.put(RUNS, Long.toString(runs));
        entries.put(MILLIS, Long.toString(taken.toMillis()));
        directory.ifPresent(path -> entries.put(DIRECTORY, path.toString()));
        ScheduleToken token = token(outcome);
        if (token != null && !token.deviations().isEmpty()) {
            entries.put(TOKEN, token.toString());
        }
        if (outcome instanceof Outcome.Passed passed && passed.claim().isConclusive()) {
            Claim claim = passed.claim();
            entries.put(EXHAUSTED, Integer.toString(claim.exhausted()));
            put(entries, TRIED, claim.faults().tried());
            put(entries, WITHOUT_PLACE, claim.absent());
            put(entries, STEPLESS, claim.stepless());
            put(entries, NOT_TRIED, claim.faults().untried());
            put(
                    entries,
                    PLACES,
                    claim.places().entrySet().stream()
                            .map(place -> place.getKey() + "=" + place.getValue())
                            .toList());
        }
        return entries;
    }

    /** Says whether what was asked for was shown. */
    static boolean holds(Map<String, String> entries) {
        String outcome = entries.get(OUTCOME);
        return HOLDS.equals(outcome) || REPLAYED.equals(outcome);
    }

    /** Returns the line of the test that threw, as a file under its sources and a number, or null if no line did. */
    static @Nullable String where(Class<?> test, Throwable failure) {
        for (StackTraceElement element : failure.getStackTrace()) {
            String type = element.getClassName();
            boolean own = type.equals(test.getName()) || type.startsWith(test.getName() + "$");
            if (own && element.getFileName() != null && element.getLineNumber() > 0) {
                return test.getPackageName().replace('.', '/') + "/" + element.getFileName() + ":"
                        + element.getLineNumber();
            }
        }
        return null;
    }

    private static void put(Map<String, String> entries, String key, Collection<?> values) {
        if (!values.isEmpty()) {
            entries.put(key, values.stream().map(Object::toString).collect(Collectors.joining(",")));
        }
    }

    private static String name(Outcome outcome) {
        if (outcome instanceof Outcome.Passed passed) {
            return passed.claim().isConclusive() ? HOLDS : REPLAYED;
        }
        return outcome.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    private static @Nullable ScheduleToken token(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.token();
        }
        if (outcome instanceof Outcome.Flaky flaky) {
            return flaky.token();
        }
        return outcome instanceof Outcome.Diverged diverged ? diverged.token() : null;
    }
}
