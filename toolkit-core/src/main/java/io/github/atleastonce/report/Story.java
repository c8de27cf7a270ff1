package io.github.atleastonce.report;

import io.github.atleastonce.run.Event;
import io.github.atleastonce.run.Outcome;
import io.github.atleastonce.schedule.ScheduleToken;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tells how an exploration ended, in a text for people: how much was run, what happened, what the test said, how to replay it.
 * Immutable.
 */
public final class Story {

    private final String text;

    private Story(String text) {
        this.text = text;
    }

    /**
     * Tells an outcome.
     *
     * @param outcome how an exploration ended
     * @return its story
     */
    public static Story of(Outcome outcome) {
        List<String> parts = new ArrayList<>();
        if (outcome instanceof Outcome.Failed failed) {
            parts.add(Headline.of(failed.effort()));
            parts.add(failed.history().events().stream()
                    .filter(event -> !(event instanceof Event.Settled))
                    .map(event -> "  " + event)
                    .collect(Collectors.joining("\n")));
            parts.add(String.valueOf(failed.cause().getMessage()).strip());
            if (!failed.token().deviations().isEmpty()) {
                parts.add("Replay: " + replay(failed.token()));
            }
        } else if (outcome instanceof Outcome.Diverged diverged) {
            parts.add("The replay met something else than its token says, so it shows nothing.");
            parts.add(diverged.how());
        } else if (outcome instanceof Outcome.Flaky flaky) {
            parts.add("Flaky: the same schedule failed, and did not fail the same way again.");
            parts.add("Replay: " + replay(flaky.token()));
        } else if (outcome instanceof Outcome.Inconclusive inconclusive) {
            parts.add(inconclusive.reason());
        } else if (outcome instanceof Outcome.Passed passed) {
            parts.add(passed.claim().toString());
        }
        return new Story(String.join("\n\n", parts));
    }

    /**
     * Returns the story.
     *
     * @return several lines, without a line break at the end
     */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }

    private static String replay(ScheduleToken token) {
        return "-Datleastonce.replay='" + token + "'   or   @Replay(\"" + token + "\")";
    }
}
