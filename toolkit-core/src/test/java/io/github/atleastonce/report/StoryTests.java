package io.github.atleastonce.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Effort;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Deviation;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StoryTests {

    private static final Set<Class<?>> GOLDEN =
            Set.of(DeliveryStoryTests.class, CrashStoryTests.class, DatabaseStoryTests.class, EndingStoryTests.class);

    /** A file that no test tells any more, or a test without a file, is a mistake. */
    @Test
    void thereIsOneFileForEachGoldenTest() throws IOException {
        long tests = GOLDEN.stream()
                .flatMap(tested -> Stream.of(tested.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .count();
        try (Stream<java.nio.file.Path> files = Files.list(Golden.FILES)) {
            assertThat(files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()))
                    .hasSize((int) tests)
                    .allMatch(name -> name.endsWith(".txt"));
        }
    }

    @Test
    void whateverStandsInATokenTheReplayLineQuotesIt() {
        ScheduleToken token = new ScheduleToken(
                List.of(new Deviation(Fault.CRASH, "o'Neill \"says\" \\u0041 $HOME `id` %TEMP%", "", 1)));
        Run run = new Run(token.schedule(), Set.of(), Bounds.DEFAULT, new Caveats());
        String story = Story.of(new Outcome.Failed(
                        token, new AssertionError("wrong"), run.history(), new Effort.Searched(1, 1, 1, 1, 0, 0)))
                .text();

        assertThat(Golden.tokenIn(story)).isEqualTo(token);
        assertThat(story.substring(story.indexOf("Replay")).chars().filter(c -> c == '\'' || c == '"'))
                .hasSize(4);
    }
}
