package io.github.atleastonce.report;

import io.github.atleastonce.explore.Effort;
import io.github.atleastonce.explore.Outcome;
import org.apiguardian.api.API;

/**
 * Tells how an exploration ended, in a text for people: how much was run, what happened in the failing run, what the test said
 * of it, and the line that replays it. Immutable.
 *
 * <p>The text is for reading, not for parsing: its wording may change with any release. It is the same for the same outcome.
 */
@API(status = API.Status.INTERNAL)
public final class Story {

    private final String text;
    private final String line;

    private Story(String text, String line) {
        this.text = text;
        this.line = line;
    }

    /**
     * Tells an outcome.
     *
     * @param outcome how an exploration ended
     * @return its story
     */
    public static Story of(Outcome outcome) {
        return new Story(Pages.of(outcome).text(), OneLine.of(outcome));
    }

    /**
     * Returns the story of a failure that is known by its text only, with another first line.
     *
     * @param story the story
     * @param effort how much was run, which the first line says
     * @return the story with that line
     */
    public static String withEffort(String story, Effort effort) {
        int end = story.indexOf("\n\n");
        return Headline.of(effort) + (end < 0 ? "" : story.substring(end));
    }

    /**
     * Returns the story.
     *
     * @return one line or more, with {@code \n} between them and none at the end
     */
    public String text() {
        return text;
    }

    /**
     * Returns how the exploration ended in one line, for lists of many.
     *
     * @return the line
     */
    public String line() {
        return line;
    }

    @Override
    public String toString() {
        return text;
    }
}
