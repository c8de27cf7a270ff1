package io.github.atleastonce.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an exploration takes of the memory of a small JVM. */
@Tag("long")
class MemoryTests {

    private static final Pattern COUNTS = Pattern.compile("runs=\\d+ waiting=(\\d+) bytes=(\\d+) each=(\\d+)");

    @Test
    void aMillionSchedulesFitIntoASmallJvm() throws IOException, InterruptedException {
        String told = explore("256m", 30, 0);

        MatchResult counts = counts(told);
        assertThat(Long.parseLong(counts.group(1))).as(told).isGreaterThanOrEqualTo(MillionSchedules.WANTED);
        assertThat(Long.parseLong(counts.group(3))).as(told).isLessThanOrEqualTo(1_024);
    }

    @Test
    void memoryIsABoundThatIsNamed() throws IOException, InterruptedException {
        assertThat(explore("32m", 30, 10_000)).contains("stopped by memory = 32 MB", "Give the JVM more memory (-Xmx)");
    }

    private static MatchResult counts(String told) {
        return COUNTS.matcher(told).results().findFirst().orElseThrow(() -> new AssertionError(told));
    }

    private static String explore(String heap, int messages, int leak) throws IOException, InterruptedException {
        Process jvm = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-cp",
                        System.getProperty("java.class.path"),
                        MillionSchedules.class.getName(),
                        Integer.toString(messages),
                        Integer.toString(leak)))
                .redirectErrorStream(true)
                .start();
        String told = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jvm.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(jvm.exitValue()).as(told).isZero();
        return told;
    }
}
