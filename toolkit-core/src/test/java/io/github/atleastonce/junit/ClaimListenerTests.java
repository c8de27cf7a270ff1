package io.github.atleastonce.junit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What a build shows of claims without any setting. */
class ClaimListenerTests {

    @TempDir
    Path kept;

    static class BothTestCase {

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void addsUpOnce(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }

        @FaultTest(faults = Fault.DUPLICATE)
        void addsUpTwice(Scenario scenario) {
            Ledger.forgetful().depositsOnce(scenario);
        }
    }

    static class OtherTestCase {

        @FaultTest(faults = Fault.DUPLICATE, maxRuns = 2)
        void isBoundedTooTightly(Scenario scenario) {
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    static class PlainTestCase {

        @Test
        void isNoFaultTest() {}
    }

    @Test
    void printsALineForEachTestAtTheEndOfItsClassAndOneForAll() {
        List<String> lines = launch(BothTestCase.class, OtherTestCase.class);

        assertThat(lines).hasSize(4);
        assertThat(lines)
                .anyMatch(
                        line -> line.matches(
                                "\\[AtLeastOnce] ClaimListenerTests\\.BothTestCase\\.addsUpOnce: holds under "
                                        + "every schedule with ≤ 1 fault \\(3 runs\\); tried: DUPLICATE; not tried: .*POISON, RESPONSE_LOST, RESPONSE_ERROR \\(\\d+\\.\\d s\\)"))
                .anyMatch(
                        line -> line.matches(
                                "\\[AtLeastOnce] ClaimListenerTests\\.BothTestCase\\.addsUpTwice: fails under 1 "
                                        + "fault; replay: 1:duplicate\\(deposits\\[k1]\\) \\(\\d+\\.\\d s\\); see .*BothTestCase\\.addsUpTwice\\.html"))
                .anyMatch(line -> line.contains("OtherTestCase.isBoundedTooTightly: shows nothing: This exploration "));
        assertThat(lines.get(3))
                .matches(
                        "\\[AtLeastOnce] 3 fault tests: 1 holds, 1 failed, 1 inconclusive; \\d+ runs in \\d+\\.\\d s; see .*"
                                + "index\\.html");
        assertThat(lines.indexOf(find(lines, "addsUpOnce")) + 1).isEqualTo(lines.indexOf(find(lines, "addsUpTwice")));
    }

    @Test
    void tellsTestsOfOneNameApartInTheSummaryOfAPipeline() throws IOException {
        Path summary = kept.resolve("summary.md");
        ClaimListener listener =
                new ClaimListener(new Pipeline(Map.of("GITHUB_STEP_SUMMARY", summary.toString()), kept));
        launch(listener, NamesakeTestCase.class, io.github.atleastonce.report.NamesakeTestCase.class);

        assertThat(summary)
                .content()
                .contains(
                        "| io.github.atleastonce.junit.NamesakeTestCase.isBoundedTooTightly | **fails** ",
                        "| io.github.atleastonce.report.NamesakeTestCase.isBoundedTooTightly | **fails** ");
    }

    private void launch(ClaimListener listener, Class<?>... fixtures) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .configurationParameter("atleastonce.directory", kept.toString());
        for (Class<?> fixture : fixtures) {
            request.selectors(selectClass(fixture));
        }
        LauncherFactory.create().execute(request.build(), listener);
    }

    @Test
    void printsNothingWhereThereIsNoFaultTest() {
        assertThat(launch(PlainTestCase.class)).isEmpty();
        assertThat(kept).isEmptyDirectory();
    }

    @Test
    void writesAReportForMachinesThatSeveralLaunchesAddTo() throws IOException {
        launch(BothTestCase.class);
        String first = Files.readString(kept.resolve("report.json"));
        launch(OtherTestCase.class);
        String report = Files.readString(kept.resolve("report.json"));

        assertThat(first).doesNotContain("OtherTestCase");
        assertThat(report)
                .startsWith("{\"version\": 1, \"tests\": [\n{\"class\": ")
                .contains(
                        "\"method\": \"addsUpOnce\", \"story\": \"Holds under every schedule with \\u2264 1 fault (3 runs); ")
                .contains("\"outcome\": \"holds\"", "\"runs\": 6", "\"exhausted\": 1", "\"tried\": [\"DUPLICATE\"]")
                .contains("\"places\": {\"DUPLICATE\": 2}", "\"notTried\": [\"REDELIVERY\", \"REORDER\", ")
                .contains(
                        "\"outcome\": \"failed\"",
                        "\"token\": \"1:duplicate(deposits[k1])\"",
                        "\"method\": \"isBoundedTooTightly\"")
                .endsWith("}\n]}\n");
        launch(OtherTestCase.class);
        assertThat(withoutTimes(Files.readString(kept.resolve("report.json")))).isEqualTo(withoutTimes(report));
    }

    /** What is given to the launcher itself no extension can list; it is not passed over in silence. */
    @Test
    void namesAParameterThatNobodyReads() {
        assertThat(launch(Map.of("atleastonce.maxruns", "1"), PlainTestCase.class))
                .containsExactly(
                        "[AtLeastOnce] There is no configuration parameter atleastonce.maxruns: the nearest one is "
                                + "atleastonce.maxRuns.");
    }

    @Test
    void escapesWhatJsonDoesNotTake() {
        assertThat(JsonReport.quoted("a \"b\" \\ \n\t\u001b ≤"))
                .isEqualTo("\"a \\\"b\\\" \\\\ \\n\\u0009\\u001b \\u2264\"");
    }

    @Test
    void printsInTheLettersThatThereAre() {
        assertThat(Console.inLettersOf(UTF_8, "≤ 1 …")).isEqualTo("≤ 1 …");
        assertThat(Console.inLettersOf(java.nio.charset.StandardCharsets.US_ASCII, "≤ 1 …"))
                .isEqualTo("<= 1 ...");
    }

    @Test
    void tellsHowFarALongExplorationHasCome() {
        List<String> lines = new ArrayList<>();
        long[] now = {0};
        ProgressLine progress = new ProgressLine("ShopTests.sells", Duration.ofSeconds(60), () -> now[0], lines::add);

        progress.after(new io.github.atleastonce.explore.Progress(1, 3, 20, 20 - 3, 4));
        now[0] = Duration.ofSeconds(61).toNanos();
        progress.after(new io.github.atleastonce.explore.Progress(2, 500, 2600, 2600 - 500, 610));
        now[0] = Duration.ofSeconds(70).toNanos();
        progress.after(new io.github.atleastonce.explore.Progress(2, 600, 2600, 2600 - 600, 710));

        assertThat(lines)
                .containsExactly("ShopTests.sells: 500 of 2600 schedules with 2 faults; 610 runs in 61 s, 10 a second");
    }

    @Test
    void tellsItEachSecondOnATerminalAndEachMinuteElsewhere() {
        assertThat(ProgressLine.interval(true, true)).isEqualTo(Duration.ofSeconds(1));
        assertThat(ProgressLine.interval(true, false)).isEqualTo(Duration.ofMinutes(1));
    }

    /** Whoever wants no progress is told all the same what hangs. */
    @Test
    void tellsOnlyWhatHangsWhereNoProgressIsWanted() {
        List<String> lines = new ArrayList<>();
        long[] now = {0};
        ProgressLine progress =
                new ProgressLine("ShopTests.sells", ProgressLine.interval(false, true), () -> now[0], lines::add);

        now[0] = Duration.ofDays(1).toNanos();
        progress.after(new io.github.atleastonce.explore.Progress(2, 500, 2600, 2600 - 500, 610));
        progress.hint("it hangs");

        assertThat(lines).containsExactly("ShopTests.sells: it hangs");
    }

    private static String find(List<String> lines, String part) {
        return lines.stream().filter(line -> line.contains(part)).findFirst().orElseThrow();
    }

    private static String withoutTimes(String report) {
        return report.replaceAll("\"millis\": \\d+", "");
    }

    private List<String> launch(Class<?>... fixtures) {
        return launch(Map.of(), fixtures);
    }

    private List<String> launch(Map<String, String> parameters, Class<?>... fixtures) {
        return Build.launch(kept, parameters, fixtures);
    }
}
