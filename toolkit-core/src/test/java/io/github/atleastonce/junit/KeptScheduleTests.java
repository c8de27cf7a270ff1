package io.github.atleastonce.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.ScheduleToken;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What failed is tried first the next time, until it passes. */
class KeptScheduleTests {

    private static final ScheduleToken TOKEN = ScheduleToken.parse("1:crash(ledger<deposits[k1]/commit)");

    @TempDir
    Path kept;

    /** Whether the fixture's bug is mended: what a developer does between two runs. */
    private static boolean mended;

    static class EditedTestCase {

        @AtLeastOnceTest(maxFaults = 1)
        void addsUpOnce(Scenario scenario) {
            (mended ? Ledger.idempotent() : Ledger.forgetful()).depositsOnce(scenario);
        }
    }

    static class OverloadedTestCase {

        @AtLeastOnceTest
        void addsUpOnce(Scenario scenario) {
            Ledger.forgetful().depositsOnce(scenario);
        }

        @AtLeastOnceTest
        void addsUpOnce(Scenario scenario, TestInfo info) {
            Ledger.forgetful().depositsOnce(scenario);
        }
    }

    static class UmlautTestCase {

        @AtLeastOnceTest
        void größer(Scenario scenario) {
            Ledger.forgetful().depositsOnce(scenario);
        }

        @AtLeastOnceTest
        void grüßer(Scenario scenario) {
            Ledger.forgetful().depositsOnce(scenario);
        }
    }

    static class WrongTestCase {

        @AtLeastOnceTest
        void isWrong(Scenario scenario) {
            throw new AssertionError("always");
        }
    }

    @BeforeEach
    void forget() {
        mended = false;
    }

    @Test
    void keepsWhatFailedByClassAndMethod() throws IOException {
        run();

        assertThat(kept()).singleElement().satisfies(file -> {
            assertThat(file.getFileName()).hasToString(EditedTestCase.class.getName() + ".addsUpOnce.schedule");
            assertThat(file).content().startsWith("1:duplicate(");
        });
    }

    @Test
    void triesFirstWhatFailedTheLastTime() throws IOException {
        run();
        Files.writeString(kept().get(0), TOKEN.toString());

        Kit.Shown shown = run();

        assertThat(shown.names())
                .containsExactly(
                        "no fault",
                        "no fault, once more",
                        "what failed the last time: " + TOKEN,
                        "once more to be sure: " + TOKEN);
        assertThat(shown.statuses()).containsExactly(SUCCESSFUL, SUCCESSFUL, SUCCESSFUL, FAILED);
        assertThat(kept().get(0)).content().startsWith(TOKEN.toString());
    }

    @Test
    void forgetsWhatPasses() throws IOException {
        run();
        mended = true;

        assertThat(run().names()).anyMatch(name -> name.startsWith("what failed the last time: "));
        assertThat(kept()).isEmpty();
        assertThat(run().names()).noneMatch(name -> name.startsWith("what failed the last time: "));
    }

    @Test
    void keepsAPageOfTheFailureUntilItPasses() throws IOException {
        run();

        assertThat(kept(FailureFile.ENDING)).singleElement().satisfies(file -> {
            assertThat(file.getFileName()).hasToString(EditedTestCase.class.getName() + ".addsUpOnce.html");
            assertThat(file)
                    .content()
                    .contains("<h1>EditedTestCase.addsUpOnce</h1>")
                    .contains("1:duplicate(deposits[k1])");
        });

        mended = true;
        run();

        assertThat(kept(FailureFile.ENDING)).isEmpty();
    }

    @Test
    void goesOnWhereTheScheduleNoLongerExists() throws IOException {
        mended = true;
        Files.writeString(file(), "1:crash(gone)");

        assertThat(run().statuses()).containsOnly(SUCCESSFUL);
        assertThat(kept()).isEmpty();
    }

    @Test
    void passesOverWhatItCannotRead() throws IOException {
        mended = true;
        Files.writeString(file(), "0:an older release wrote this");

        assertThat(run().names()).noneMatch(name -> name.startsWith("what failed the last time: "));
        assertThat(kept()).isEmpty();
    }

    @Test
    void passesOverWhatHasMoreFaultsThanAskedFor() throws IOException {
        Files.writeString(file(), "1:crash(ledger<deposits[k1]/commit)+crash(ledger.boot)");

        assertThat(run().names()).noneMatch(name -> name.startsWith("what failed the last time: "));
    }

    @Test
    void keepsNothingOfAFailureWithoutFaults() throws IOException {
        Kit.select(WrongTestCase.class, kept).run();

        assertThat(kept()).isEmpty();
    }

    @Test
    void leavesWhatWasKeptAloneDuringAReplay() throws IOException {
        run();
        mended = true;

        Kit.Shown shown = Kit.select(EditedTestCase.class, kept)
                .with("atleastonce.replay", TOKEN.toString())
                .run();

        assertThat(shown.names()).containsExactly("no fault", "replay of " + TOKEN);
        assertThat(kept()).hasSize(1);
    }

    @Test
    void keepsOverloadsApart() throws IOException {
        Kit.select(OverloadedTestCase.class, kept).run();

        String name = OverloadedTestCase.class.getName() + ".addsUpOnce";
        assertThat(kept().stream().map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrder(name + ".schedule", name + "-Scenario-TestInfo.schedule");
    }

    @Test
    void keepsNamesApartThatNoFileCanHave() throws IOException {
        Kit.select(UmlautTestCase.class, kept).run();

        assertThat(kept()).hasSize(2);
    }

    @Test
    void doesWithoutADirectory() throws IOException {
        Path file = Files.writeString(kept.resolve("file"), "");
        Method method = EditedTestCase.class.getDeclaredMethods()[0];
        KeptSchedule unwritable = KeptSchedule.of(getClass(), method, Optional.of(file));
        KeptSchedule none = KeptSchedule.of(getClass(), method, Optional.empty());

        for (KeptSchedule schedule : List.of(unwritable, none)) {
            schedule.write(TOKEN);
            assertThat(schedule.read(2)).isNull();
            schedule.delete();
        }
    }

    private Path file() {
        return kept.resolve(EditedTestCase.class.getName() + ".addsUpOnce.schedule");
    }

    private Kit.Shown run() {
        return Kit.select(EditedTestCase.class, kept).run();
    }

    private List<Path> kept() throws IOException {
        return kept(".schedule");
    }

    private List<Path> kept(String ending) throws IOException {
        try (Stream<Path> files = Files.list(kept)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}
