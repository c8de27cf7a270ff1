package io.github.atleastonce.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.ScheduleToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares stories with the files that lock them. Run the tests with {@code -Dgolden.write=true} to write the files anew, then
 * read what changed before you commit it.
 */
final class Golden {

    static final Path FILES = Path.of(System.getProperty("basedir", "."))
            .resolve("src/test/resources")
            .resolve(Golden.class.getPackageName().replace('.', '/'));

    private static final Pattern REPLAY =
            Pattern.compile("Replay:\\s+-Datleastonce\\.replay='([^']*)'\\s+or\\s+@Replay\\(\"([^\"\\\\]*)\"\\)$");

    private Golden() {}

    /** Explores a body for real, and locks its story; if the story tells how to replay it, then so it does. */
    static void tells(String name, ScenarioRunner runner, ScenarioRunner.Body body) {
        Outcome outcome = runner.explore(body);
        String text = Story.of(outcome).text();
        tells(name, text);
        if (outcome instanceof Outcome.Failed failed
                && !failed.token().deviations().isEmpty()) {
            Outcome again = runner.replay(tokenIn(text), body);
            assertThat(again).isInstanceOf(Outcome.Failed.class);
            assertThat(afterHeadline(Story.of(again).text())).isEqualTo(afterHeadline(text));
        }
    }

    static void tells(String name, String story) {
        Path file = FILES.resolve(name + ".txt");
        try {
            if (Boolean.getBoolean("golden.write")) {
                Files.createDirectories(FILES);
                Files.writeString(file, story + "\n");
            }
            Path told = Files.createTempFile(name, ".txt");
            Files.writeString(told, story + "\n");
            assertThat(told)
                    .as("the story '%s', now in %s; -Dgolden.write=true accepts it", name, told)
                    .hasSameTextualContentAs(file);
            Files.delete(told);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static ScheduleToken tokenIn(String story) {
        Matcher matcher = REPLAY.matcher(story);
        assertThat(matcher.find()).isTrue();
        assertThat(matcher.group(1)).isEqualTo(matcher.group(2));
        return ScheduleToken.parse(matcher.group(1));
    }

    private static String afterHeadline(String story) {
        return story.substring(story.indexOf('\n'));
    }
}
