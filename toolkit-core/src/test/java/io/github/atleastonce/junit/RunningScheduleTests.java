package io.github.atleastonce.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What is about to be run stands in a file as long as it runs: a JVM that dies leaves it. */
@Isolated("takes what is printed")
class RunningScheduleTests {

    private static final List<List<String>> SEEN = new ArrayList<>();

    @TempDir
    Path kept;

    static class LookingTestCase {

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void addsUpOnce(Scenario scenario, @TempDir Path any) throws IOException {
            SEEN.add(Files.readAllLines(file(Path.of(System.getProperty("looking.at")))));
            Ledger.idempotent().depositsOnce(scenario);
        }
    }

    private static Path file(Path directory) {
        return directory.resolve(LookingTestCase.class.getName() + ".addsUpOnce-Scenario-Path.running");
    }

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    private String look() {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Kit.select(LookingTestCase.class, kept)
                    .withProperty("looking.at", kept.toString())
                    .run();
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void standsInAFileWhileItRuns() {
        assertThat(look()).doesNotContain("the JVM died");
        assertThat(SEEN)
                .extracting(lines -> lines.subList(0, 2))
                .startsWith(List.of("1:", "no fault"))
                .contains(List.of("1:duplicate(deposits[k1])", "Deposit(d-1) delivered twice"));
        assertThat(file(kept)).doesNotExist();
    }

    @Test
    void isToldWhenAJvmHasDiedInIt() throws IOException {
        Files.writeString(
                file(kept), "1:crash(bank<deposits[k1]/commit)\ncrash after commit\nt of a longer one before it\n");

        assertThat(look())
                .contains("LookingTestCase.addsUpOnce: the JVM died the last time while it ran \"crash after commit\". "
                        + "Replay: -Datleastonce.replay='1:crash(bank<deposits[k1]/commit)'");
        assertThat(file(kept)).doesNotExist();
    }
}
