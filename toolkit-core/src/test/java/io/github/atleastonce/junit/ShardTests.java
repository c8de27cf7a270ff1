package io.github.atleastonce.junit;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.REORDER;
import static io.github.atleastonce.schedule.Fault.SEND_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.ScheduleToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All shards of a test together say what one run of it says. */
class ShardTests {

    @TempDir
    Path whole;

    @TempDir
    Path shards;

    /** Whether what fixtures sell is one more than usual: another commit. */
    private static boolean changed;

    /** Whether what breaks a fixture was mended. */
    private static boolean mended;

    /** A service that notes what it did, and the durable state that outlives it. */
    private static final class Shop {

        private final List<String> done = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();
        private int lives;

        Object boot(Life life) {
            lives++;
            life.subscribe("orders", String.class, order -> {
                if (!seen.add(order)) {
                    life.send("seen", order, order);
                }
                done.add(order);
                life.step("commit");
            });
            return this;
        }

        Shop sells(Scenario scenario) {
            scenario.service("shop", this::boot);
            scenario.consumer("audit", "seen", String.class, order -> {});
            for (int i = 1; i <= (changed ? 4 : 3); i++) {
                scenario.channel("orders").send("o-" + i, "o-" + i);
            }
            scenario.settle();
            return this;
        }
    }

    static class SoundTestCase {

        /** SEND_FAILED has a place only after something came twice, which the first of many shards does not see. */
        @FaultTest(
                faults = {REDELIVERY, REORDER, CRASH, SEND_FAILED},
                maxFaults = 2)
        void sells(Scenario scenario) {
            assertThat(new Shop().sells(scenario).seen).hasSizeGreaterThan(2);
        }
    }

    static class BrokenTestCase {

        /** Several schedules break it, which lie in several shards. */
        @FaultTest(
                faults = {DUPLICATE, REDELIVERY, REORDER, CRASH},
                maxFaults = 2)
        void sellsOnce(Scenario scenario) {
            Shop shop = new Shop().sells(scenario);
            assertThat(mended ? shop.seen : shop.done).containsOnlyOnce("o-2");
        }
    }

    static class DeeplyBrokenTestCase {

        @FaultTest(
                faults = {DUPLICATE, REDELIVERY, CRASH},
                maxFaults = 2)
        void diesOnce(Scenario scenario) {
            Shop shop = new Shop().sells(scenario);
            assertThat(shop.seen).hasSize(3);
            assertThat(shop.lives).isLessThan(3);
        }
    }

    static class ReplayTestCase {

        @Replay("1:duplicate(orders[k2])")
        @FaultTest(faults = DUPLICATE)
        void sellsOnce(Scenario scenario) {
            Shop shop = new Shop().sells(scenario);
            assertThat(mended ? shop.seen : shop.done).containsOnlyOnce("o-2");
        }
    }

    static class OverloadedTestCase {

        @FaultTest(faults = DUPLICATE, maxFaults = 1)
        void sellsOnce(Scenario scenario, TestInfo test) {
            Shop shop = new Shop().sells(scenario);
            assertThat(mended ? shop.seen : shop.done).containsOnlyOnce("o-2");
        }
    }

    static class MissingTestCase {

        /** It sends only what came twice, which one fault does not disturb as well. */
        @FaultTest(
                faults = {DUPLICATE, SEND_FAILED},
                maxFaults = 1)
        void sells(Scenario scenario) {
            assertThat(new Shop().sells(scenario).seen).hasSize(3);
        }
    }

    static class WideTestCase {

        @FaultTest(
                faults = {DUPLICATE, SEND_FAILED},
                optional = SEND_FAILED,
                maxFaults = 1)
        void sells(Scenario scenario) {
            assertThat(new Shop().sells(scenario).seen).hasSize(3);
        }
    }

    static class NarrowTestCase {

        @FaultTest(faults = DUPLICATE, maxFaults = 1)
        void sells(Scenario scenario) {
            assertThat(new Shop().sells(scenario).seen).hasSize(3);
        }
    }

    static class ShortTestCase {

        @FaultTest(
                faults = {DUPLICATE, REDELIVERY, REORDER, CRASH},
                maxFaults = 2,
                maxRuns = 30)
        void sells(Scenario scenario) {
            assertThat(new Shop().sells(scenario).seen).hasSize(3);
        }
    }

    static class BudgetTestCase {

        @FaultTest(
                faults = {DUPLICATE, REDELIVERY, REORDER, CRASH},
                maxFaults = 2,
                budget = "PT0.000000001S")
        void sells(Scenario scenario) {
            assertThat(new Shop().sells(scenario).seen).hasSize(3);
        }
    }

    @BeforeEach
    void undo() {
        changed = false;
        mended = false;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 60})
    void whatHoldsInAllShardsIsTheClaimOfOneRun(int of) throws IOException {
        runAll(SoundTestCase.class, of);

        assertThat(merge()).isZero();
        assertThat(withoutEffort(merged()))
                .isEqualTo(withoutEffort(one(SoundTestCase.class)))
                .containsEntry(Result.OUTCOME, Result.HOLDS);
        assertThat(merged().get(Result.STORY))
                .isEqualTo(one(SoundTestCase.class).get(Result.STORY));
    }

    @ParameterizedTest
    @ValueSource(classes = {BrokenTestCase.class, DeeplyBrokenTestCase.class})
    void theFirstFailureOfAllShardsIsThatOfOneRun(Class<?> fixture) throws IOException {
        for (int of : List.of(2, 8)) {
            runAll(fixture, of);

            assertThat(merge()).isOne();
            assertThat(withoutEffort(merged()))
                    .isEqualTo(withoutEffort(one(fixture)))
                    .containsEntry(Result.OUTCOME, Result.FAILED)
                    .containsKey(Result.TOKEN);
            try (Stream<Path> left = Files.list(shards)) {
                assertThat(left.map(file -> file.getFileName().toString()))
                        .contains(
                                "report.json",
                                fixture.getName() + "." + name(fixture) + ".html",
                                fixture.getName() + "." + name(fixture) + ".schedule");
            }
            clean();
        }
    }

    /** One run stops at the first failure, and each shard at its own: only of those with as many faults there are more runs. */
    @Test
    void theEffortOfAFailureIsThatOfAllShards() {
        runAll(DeeplyBrokenTestCase.class, 2);
        merge();
        String headline = "Fails under 2 faults\\. Every schedule with ≤ 1 fault passed \\((\\d+) runs\\); "
                + "(\\d+) of (\\d+) schedules with 2 faults were run\\.";
        List<Integer> merged = numbers(headline, merged());
        List<Integer> one = numbers(headline, one(DeeplyBrokenTestCase.class));

        assertThat(merged).element(0).isEqualTo(one.get(0));
        assertThat(merged.get(1)).isBetween(one.get(1), one.get(2));
        // How many there are in all is known as far as what was run can tell, which is all with one fault less.
        assertThat(merged).element(2).isEqualTo(one.get(2));
    }

    /** Of a shard that is missing it is known how many schedules with one fault it would have had. */
    @Test
    void theEffortOfAFailureKnowsWhatAMissingShardWouldHaveRun() {
        run(BrokenTestCase.class, "1/3");
        merge();
        String headline =
                "Fails under 1 fault\\. Fault-free run passed; (\\d+) of (\\d+) schedules with 1 fault were run\\.";

        assertThat(numbers(headline, merged()))
                .element(1)
                .isEqualTo(numbers(headline, one(BrokenTestCase.class)).get(1));
    }

    /** What a shard of another test has exhausted is nothing that this test has. */
    @Test
    void theEffortOfOtherTestsIsNoneOfAFailure() {
        run(DeeplyBrokenTestCase.class, "1/2");
        Build.launch(
                shards,
                Map.of("atleastonce.shard", "2/2", "atleastonce.duplicateHorizon", "7"),
                DeeplyBrokenTestCase.class);
        merge();

        assertThat(firstLine(merged()))
                .startsWith("Fails under 2 faults. Fault-free run passed; ")
                .endsWith(", but not all smaller ones.");
        assertThat(merged().get(Result.LINE))
                .contains(
                        "; the shards were not parts of one test: shard 1 of 2 and shard 2 of 2 were asked for duplicateHorizon");
    }

    @Test
    void aShardSaysThatItIsOne() {
        assertThat(run(SoundTestCase.class, "1/2"))
                .first()
                .asString()
                .matches("\\[AtLeastOnce] ShardTests\\.SoundTestCase\\.sells: shard 1 of 2 holds under each of its "
                        + "schedules with ≤ 2 faults \\(\\d+ runs; \\d+ of the \\d+ with 1 fault are its own, and what comes of "
                        + "them\\); tried: .*");
    }

    /** What no shard came to is for all of them together to tell: none can know it of the others. */
    @Test
    void whatTheTestNamesAndNoShardMetIsTold() {
        runAll(MissingTestCase.class, 2);

        assertThat(KeptResult.allIn(shards.resolve("shard-1-of-2")).get(0).entries())
                .containsEntry(Result.OUTCOME, Result.HOLDS);
        assertThat(merge()).isOne();
        assertThat(withoutEffort(merged())).isEqualTo(withoutEffort(one(MissingTestCase.class)));
        assertThat(merged().get(Result.STORY))
                .contains("The test names [SEND_FAILED], which never had a place to happen");
    }

    @Test
    void aShardThatABoundEndedMakesNoClaimOfAll() {
        runAll(ShortTestCase.class, 2);

        assertThat(merge()).isOne();
        assertThat(merged())
                .containsEntry(Result.OUTCOME, "inconclusive")
                .extractingByKey(Result.LINE)
                .asString()
                .startsWith("shard 1 of 2 shows nothing: ");
    }

    @Test
    void aBudgetOfEachShardIsOneOfAll() {
        runAll(BudgetTestCase.class, 2);

        assertThat(merge()).isZero();
        assertThat(merged().get(Result.LINE))
                .matches("holds under every schedule with ≤ 1 fault \\((\\d+) runs\\); beyond, 0 of \\d+ with 2 faults "
                        + "\\(stopped by budget = PT0\\.000000001S\\); tried: .*");
    }

    @Test
    void aShardThatIsMissingIsTold() {
        run(SoundTestCase.class, "2/4");
        run(SoundTestCase.class, "3/4");

        assertThat(merge()).isOne();
        assertThat(merged())
                .containsEntry(Result.OUTCOME, "inconclusive")
                .containsEntry(Result.LINE, "shows nothing: Shards 1, 4 of 4 are missing, so nothing is claimed.");
    }

    @Test
    void aFailureCountsAlthoughAShardIsMissing() {
        run(BrokenTestCase.class, "1/3");
        run(BrokenTestCase.class, "2/3");

        assertThat(merge()).isOne();
        assertThat(merged().get(Result.LINE))
                .startsWith("fails under 1 fault; replay: 1:")
                .endsWith("; shard 3 of 3 is missing");
        assertThat(merged().get(Result.STORY)).endsWith("Shard 3 of 3 is missing.");
    }

    @Test
    void shardsOfTwoNumbersAreTold() {
        runAll(SoundTestCase.class, 2);
        run(SoundTestCase.class, "1/3");

        assertThat(merge()).isOne();
        assertThat(merged())
                .containsEntry(
                        Result.LINE,
                        "shows nothing: It was split into 2 shards and into 3: only one of the two is everything.");
    }

    @Test
    void aShardThatIsThereTwiceIsTold() {
        runAll(SoundTestCase.class, 2);
        Build.launch(shards.resolve("again"), Map.of("atleastonce.shard", "2/2"), SoundTestCase.class);

        assertThat(merge()).isOne();
        assertThat(merged()).containsEntry(Result.LINE, "shows nothing: There are two reports of shard 2 of 2.");
    }

    @Test
    void shardsOfTwoCommitsAreTold() {
        run(SoundTestCase.class, "1/2");
        changed = true;
        run(SoundTestCase.class, "2/2");

        assertThat(merge()).isOne();
        assertThat(merged().get(Result.LINE))
                .matches("shows nothing: The shards were not parts of one test: shard 1 of 2 and shard 2 of 2 found "
                        + "\\d+ and \\d+ schedules with 1 fault\\.");
    }

    @Test
    void shardsOfTwoBoundsAreTold() {
        run(SoundTestCase.class, "1/2");
        System.setProperty("atleastonce.maxFaults", "1");
        try {
            run(SoundTestCase.class, "2/2");
        } finally {
            System.clearProperty("atleastonce.maxFaults");
        }

        assertThat(merge()).isOne();
        assertThat(merged().get(Result.LINE))
                .endsWith(
                        "shard 1 of 2 and shard 2 of 2 had other bounds: maxFaults = 2 and 1, everyInterleaving = false and false.");
    }

    /** Most of them change neither how many schedules with one fault there are, nor the run without faults. */
    @ParameterizedTest
    @CsvSource({"rewind, 2, 1", "duplicateHorizon, 3, 7", "maxAttempts, 3, 5"})
    void shardsOfOtherBoundsAreToldAndClaimNothing(String bound, String usual, String other) {
        run(SoundTestCase.class, "1/2");
        Build.launch(shards, Map.of("atleastonce.shard", "2/2", "atleastonce." + bound, other), SoundTestCase.class);

        assertThat(merge()).isOne();
        assertThat(merged())
                .containsEntry(Result.OUTCOME, "inconclusive")
                .containsEntry(
                        Result.LINE,
                        "shows nothing: The shards were not parts of one test: shard 1 of 2 and shard 2 of 2 were asked for "
                                + bound + " = " + usual + " and for " + bound + " = " + other + ".");
    }

    /** What has no place in the run without faults changes nothing else that shards can compare. */
    @Test
    void shardsOfOtherFaultsAreToldAndClaimNothing() {
        run(WideTestCase.class, "1/2");
        Build.launch(whole, Map.of("atleastonce.shard", "2/2"), NarrowTestCase.class);
        KeptResult narrow = KeptResult.allIn(whole.resolve("shard-2-of-2")).get(0);
        assertThat(narrow.entries()).containsEntry(Result.OUTCOME, Result.HOLDS);
        new KeptResult(WideTestCase.class.getName(), narrow.method(), narrow.entries())
                .write(shards.resolve("shard-2-of-2"));

        assertThat(merge()).isOne();
        assertThat(merged())
                .containsEntry(Result.OUTCOME, "inconclusive")
                .containsEntry(
                        Result.LINE,
                        "shows nothing: The shards were not parts of one test: shard 1 of 2 and shard 2 of 2 were asked for "
                                + "faults = [DUPLICATE, SEND_FAILED] and for faults = [DUPLICATE].");
    }

    /** What all shards together have found is tried by each of them the next time; what one has found, by that one. */
    @Test
    void whatFailedIsTriedFirst() {
        runAll(BrokenTestCase.class, 2);

        assertThat(names("1/2")).element(2).asString().startsWith("what failed the last time: 1:");
        assertThat(names("3/3")).element(2).asString().doesNotStartWith("what failed");

        merge();

        assertThat(names("1/2")).element(2).asString().startsWith("what failed the last time: 1:");
        assertThat(names("2/4")).element(2).asString().startsWith("what failed the last time: 1:");
    }

    @Test
    void whatAllHaveKeptGoesWithTheShardThatTriedIt() {
        runAll(BrokenTestCase.class, 2);
        merge();
        Path own = shards.resolve("shard-1-of-2").resolve(BrokenTestCase.class.getName() + ".sellsOnce.schedule");
        Path common = shards.resolve(own.getFileName());
        assertThat(own).exists();
        assertThat(common).exists();
        mended = true;

        names("1/2");
        assertThat(own).doesNotExist();
        assertThat(common).exists();

        names("3/3");
        assertThat(common).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(classes = {BrokenTestCase.class, OverloadedTestCase.class})
    void aPassLeavesNothingOfTheFailureBefore(Class<?> fixture) {
        runAll(fixture, 2);
        assertThat(merge()).isOne();
        assertThat(shards)
                .isDirectoryContaining("glob:**sellsOnce*.html")
                .isDirectoryContaining("glob:**sellsOnce*.schedule");
        mended = true;
        runAll(fixture, 2);

        assertThat(merge()).isZero();
        assertThat(shards)
                .isDirectoryNotContaining("glob:**sellsOnce*.html")
                .isDirectoryNotContaining("glob:**.schedule");
    }

    @Test
    void aJvmThatDiedInAShardIsTold() throws IOException {
        runAll(SoundTestCase.class, 2);
        dies("acme.ShopTest.sells");

        assertThat(command("merge", shards.toString()))
                .startsWith(
                        "1",
                        "[AtLeastOnce] acme.ShopTest.sells: the JVM died the last time while it ran \"duplicate o-1\". "
                                + "Replay: -Datleastonce.replay='1:duplicate(orders[o-1])'")
                .anyMatch(line -> line.contains(": holds under every schedule "));
    }

    /** What the shard left there before it died is no result of the run in which it did. */
    @Test
    void theResultOfAnEarlierBuildIsNoneOfAJvmThatDied() throws IOException {
        runAll(SoundTestCase.class, 2);
        dies(SoundTestCase.class.getName() + ".sells");

        assertThat(merge()).isOne();
        assertThat(merged().get(Result.LINE))
                .isEqualTo("shows nothing: Shard 1 of 2 is missing, so nothing is claimed.");
    }

    private void dies(String test) throws IOException {
        Files.writeString(
                shards.resolve("shard-1-of-2").resolve(test + ".running"), "1:duplicate(orders[o-1])\nduplicate o-1\n");
    }

    /** What one schedule shows is shown by each shard, as it is by a build without them. */
    @Test
    void aReplayIsRunByEachShardAndTold() {
        assertThat(replay("1/2"))
                .last()
                .asString()
                .startsWith("[AtLeastOnce] 1 fault test in shard 1 of 2: 0 hold, 1 failed; ");
        replay("2/2");

        assertThat(merge()).isOne();
        assertThat(withoutEffort(merged()))
                .isEqualTo(withoutEffort(one(ReplayTestCase.class)))
                .containsEntry(Result.OUTCOME, Result.FAILED)
                .containsKey(Result.TOKEN);
        assertThat(Path.of(merged().get(Result.PAGE)).getParent()).isEqualTo(shards);

        mended = true;
        replay("1/2");
        replay("2/2");

        assertThat(merge()).isZero();
        assertThat(merged().get(Result.LINE))
                .isEqualTo("passed under the replayed schedule; nothing is claimed beyond it");
    }

    @Test
    void aReplayInOneShardIsNoClaimOfAll() {
        run(SoundTestCase.class, "1/2");
        Build.launch(
                shards,
                Map.of("atleastonce.shard", "2/2", "atleastonce.replay", new ScheduleToken(List.of()).toString()),
                SoundTestCase.class);

        assertThat(merge()).isOne();
        assertThat(merged().get(Result.LINE))
                .isEqualTo(
                        "shows nothing: Shard 2 of 2 ran one schedule only, as a replay, and others did not, so nothing is claimed.");
    }

    private List<String> replay(String shard) {
        return run(ReplayTestCase.class, shard);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/2", "3/2", "2", "a/b", "1/2/3", "1/1001"})
    void whatIsNoShardIsRefused(String text) {
        assertThat(Kit.select(SoundTestCase.class, shards)
                        .with("atleastonce.shard", text)
                        .run()
                        .refusals())
                .singleElement()
                .asString()
                .contains("atleastonce.shard wants the number of a part and how many there are, such as '2/8', but is '"
                        + text + "'.");
    }

    @Test
    void theCommandSaysWhatItWants() {
        assertThat(command())
                .containsExactly(
                        "2",
                        "[AtLeastOnce] Usage: java -jar toolkit-core.jar merge DIRECTORY..., with the directories that the shards left "
                                + "(target/atleastonce), or one above them.");
        assertThat(command("merge", "nowhere")).containsExactly("2", "[AtLeastOnce] There is no directory nowhere.");
        assertThat(command("merge", shards.toString())).first().isEqualTo("2");
        assertThat(command("merge", shards.toString())).last().asString().contains("No report of a shard lies below ");
    }

    private List<String> names(String shard) {
        return Kit.select(BrokenTestCase.class, shards)
                .with("atleastonce.shard", shard)
                .run()
                .names();
    }

    private List<String> command(String... arguments) {
        List<String> shown = new ArrayList<>();
        int[] status = {0};
        List<String> printed =
                Build.printedBy(() -> status[0] = new MergeCommand(new Pipeline(Map.of(), shards)).run(arguments));
        shown.add(Integer.toString(status[0]));
        shown.addAll(printed);
        return shown;
    }

    private static String name(Class<?> fixture) {
        return fixture.getDeclaredMethods()[0].getName();
    }

    private void runAll(Class<?> fixture, int of) {
        for (int number = 1; number <= of; number++) {
            run(fixture, number + "/" + of);
        }
    }

    private List<String> run(Class<?> fixture, String shard) {
        return Build.launch(shards, Map.of("atleastonce.shard", shard), fixture);
    }

    private int merge() {
        int[] status = {0};
        Build.printedBy(
                () -> status[0] = new MergeCommand(new Pipeline(Map.of(), shards)).run("merge", shards.toString()));
        return status[0];
    }

    private Map<String, String> merged() {
        return only(shards);
    }

    private Map<String, String> one(Class<?> fixture) {
        if (KeptResult.allIn(whole).isEmpty()) {
            Build.launch(whole, Map.of(), fixture);
        }
        return only(whole);
    }

    private static Map<String, String> only(Path directory) {
        List<KeptResult> results = KeptResult.allIn(directory);
        assertThat(results).hasSize(1);
        return results.get(0).entries();
    }

    /** Leaves out how much was run in all, and where the files lie. */
    private static Map<String, String> withoutEffort(Map<String, String> entries) {
        Map<String, String> rest = new TreeMap<>(entries);
        rest.keySet().removeAll(Set.of(Result.MILLIS, Result.RUNS, Result.DIRECTORY, Result.PAGE));
        rest.computeIfPresent(Result.STORY, (key, story) -> story.substring(story.indexOf('\n') + 1));
        return rest;
    }

    private static String firstLine(Map<String, String> entries) {
        return entries.get(Result.STORY).lines().findFirst().orElseThrow();
    }

    private static List<Integer> numbers(String wanted, Map<String, String> entries) {
        assertThat(firstLine(entries)).matches(wanted);
        return Pattern.compile("\\((\\d+) runs|(\\d+) of (\\d+) schedules")
                .matcher(firstLine(entries))
                .results()
                .flatMap(found -> Stream.of(found.group(1), found.group(2), found.group(3)))
                .filter(Objects::nonNull)
                .map(Integer::valueOf)
                .toList();
    }

    private void clean() throws IOException {
        try (Stream<Path> files = Files.walk(shards)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                if (!file.equals(shards)) {
                    Files.delete(file);
                }
            }
        }
    }
}
