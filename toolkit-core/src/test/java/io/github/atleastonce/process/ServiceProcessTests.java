package io.github.atleastonce.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.report.Story;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.Service;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ServiceProcessTests {

    private static final Bounds BOUNDS = Bounds.DEFAULT.withMaxFaults(0);

    /** For what never comes: on a busy machine a shell needs longer to come. */
    private static final Bounds HASTY = BOUNDS.withSettleTimeout(Duration.ofMillis(300));

    @TempDir
    Path directory;

    @Test
    void endsWithItsLife() {
        List<ServiceProcess> processes = new ArrayList<>();
        in(life -> {
            ServiceProcess sleeping = ServiceProcess.of(life, "sleep", "600").start();
            processes.add(sleeping);
            assertThat(sleeping.isAlive()).isTrue();
        });

        assertThat(processes).isNotEmpty().noneMatch(ServiceProcess::isAlive);
    }

    /** npm starts node, and a shell whatever it is told to. */
    @Test
    void endsWithAllThatItHasStarted() {
        List<ProcessHandle> all = new ArrayList<>();
        in(life -> {
            ServiceProcess shell = ServiceProcess.of(life, "sh", "-c", "sleep 600 & echo $!; wait")
                    .start();
            await().until(() -> !shell.output().isEmpty());
            all.add(ProcessHandle.of(Long.parseLong(shell.output().get(0))).orElseThrow());
        });

        await().until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(all).isNotEmpty();
    }

    @Test
    void isGivenItsEnvironmentAndDirectory() {
        in(life -> {
            ServiceProcess shell = ServiceProcess.of(life, "sh", "-c", "echo $GREETING; pwd; sleep 600")
                    .environment("GREETING", "hello")
                    .in(directory)
                    .start();
            await().until(() -> shell.output().size() == 2);

            assertThat(shell.output()).containsExactly("hello", directory.toString());
        });
    }

    @Test
    void whatEachLifeHasPrintedStandsInTheStory() {
        Outcome outcome = ScenarioRunner.of(Fault.CRASH)
                .mayPassUndelivered("the process is what is looked at")
                .replay(ScheduleToken.parse("1:crash(quiet,service)"), scenario -> {
                    int[] lives = new int[1];
                    scenario.service("service", life -> {
                        ServiceProcess shell = ServiceProcess.of(
                                        life, "sh", "-c", "printf 'life %s\\n\\033[31mred\\n' $LIFE; sleep 600")
                                .environment("LIFE", ++lives[0])
                                .start();
                        await().until(() -> shell.output().size() == 2);
                        return shell;
                    });
                    scenario.settle();
                    assertThat(lives[0]).isEqualTo(1);
                });

        assertThat(Story.of(outcome).text())
                .containsSubsequence("service", "printed: life 1 | \\u001b[31mred", "printed: life 2 | ");
    }

    @Test
    void wantsAProgram() {
        in(life -> {
            assertThatThrownBy(() -> ServiceProcess.of(life))
                    .isInstanceOf(UsageException.class)
                    .hasMessage("ServiceProcess.of(life, command) wants a program and its arguments.");
            assertThatThrownBy(() -> ServiceProcess.of(life, "no-such-program").start())
                    .isInstanceOf(UsageException.class)
                    .hasMessageStartingWith(
                            "The process of service cannot be started: Cannot run program \"no-such-program\"");
        });
    }

    @Test
    void tellsWhatOneHasPrintedThatEndsTooSoon() {
        in(life -> {
            OuterLife.of(life).entrance(() -> false, () -> {});
            assertThatThrownBy(() -> ServiceProcess.of(life, "sh", "-c", "echo no database; exit 3")
                            .start())
                    .isInstanceOf(UsageException.class)
                    .hasMessage(
                            "The process of service ended with status 3 before it had come by one of its entrances: \n"
                                    + "  no database");
        });
    }

    @Test
    void tellsOfOneThatUsesNoEntrance() {
        in(HASTY, life -> {
            OuterLife.of(life).entrance(() -> false, () -> {});
            assertThatThrownBy(() -> ServiceProcess.of(life, "sleep", "600").start())
                    .isInstanceOf(UsageException.class)
                    .hasMessage(
                            "The process of service has come by none of its entrances within settleTimeout = PT0.3S. "
                                    + "Is it given their addresses? It printed: nothing.");
        });
    }

    @Test
    void whatItIsAskedForIsAnswered() {
        List<String> answers = new ArrayList<>();
        Outcome outcome = asking(
                BOUNDS,
                (scenario, asleep) -> scenario.attempt(asleep, process -> answers.add(process.call(() -> "answer"))));

        assertThat(outcome).isInstanceOf(Outcome.Inconclusive.class).asString().contains("Let maxFaults be at least 1");
        assertThat(answers).isNotEmpty().containsOnly("answer");
    }

    @Test
    void whatARequestThrowsComesThrough() {
        assertThat(thrown((scenario, asleep) -> scenario.attempt(
                        asleep,
                        process -> process.call(() -> {
                            throw new IOException("no answer");
                        }))))
                .isInstanceOf(IOException.class)
                .hasMessage("no answer");
        assertThat(thrown((scenario, asleep) -> scenario.attempt(
                        asleep,
                        process -> process.call(() -> {
                            throw new AssertionError("another answer");
                        }))))
                .isInstanceOf(AssertionError.class)
                .hasMessage("another answer");
    }

    @Test
    void aRequestThatIsNotAnsweredIsWaitedForWithinABound() {
        assertThat(thrown(
                        HASTY,
                        (scenario, asleep) -> scenario.attempt(
                                asleep,
                                process -> process.call(() -> {
                                    new CountDownLatch(1).await();
                                    return "never";
                                }))))
                .isInstanceOf(NotSettledException.class)
                .hasMessageContaining("settleTimeout = PT0.3S")
                .hasMessageContaining("what the process of service was asked for");
    }

    /** Nobody would know for what the process does its steps. */
    @Test
    void wantsAnAttemptToBeAskedIn() {
        assertThat(thrown((scenario, asleep) -> asleep.get().call(() -> "answer")))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "ServiceProcess.call wants to be called within scenario.attempt(service, process -> process.call(…)): "
                                + "else it is not known for what 'service' does its steps.");
    }

    private interface Asking {
        void of(Scenario scenario, Service<ServiceProcess> asleep) throws Exception;
    }

    private static Throwable thrown(Asking body) {
        return thrown(BOUNDS, body);
    }

    private static Throwable thrown(Bounds bounds, Asking body) {
        List<Throwable> thrown = new ArrayList<>();
        asking(bounds, (scenario, asleep) -> {
            try {
                body.of(scenario, asleep);
            } catch (Throwable failure) {
                thrown.add(failure);
            }
        });
        assertThat(thrown).isNotEmpty();
        return thrown.get(0);
    }

    private static Outcome asking(Bounds bounds, Asking body) {
        return ScenarioRunner.of(Fault.CRASH)
                .within(bounds)
                .mayPassUndelivered("the process is what is looked at")
                .explore(scenario -> body.of(
                        scenario,
                        scenario.service(
                                "service",
                                life -> ServiceProcess.of(life, "sleep", "600").start())));
    }

    @Test
    void isReadyWhenItHasPrintedSo() {
        in(life -> {
            ServiceProcess shell = ServiceProcess.of(
                            life, "sh", "-c", "echo starting; sleep 0.2; echo I have joined; sleep 600")
                    .readyWhenItPrints("joined")
                    .start();

            assertThat(shell.output()).containsExactly("starting", "I have joined");
        });
    }

    @Test
    void tellsOfOneThatDoesNotSayThatItIsReady() {
        in(
                HASTY,
                life -> assertThatThrownBy(() -> ServiceProcess.of(life, "sh", "-c", "echo starting; sleep 600")
                                .readyWhenItPrints("joined")
                                .start())
                        .isInstanceOf(UsageException.class)
                        .hasMessageStartingWith(
                                "The process of service has not printed 'joined' within settleTimeout = PT0.3S. It printed: "));
    }

    @Test
    void tellsOfOneThatEndsBeforeItSaysThatItIsReady() {
        in(life -> assertThatThrownBy(() -> ServiceProcess.of(life, "sh", "-c", "echo no broker; exit 4")
                        .readyWhenItPrints("joined")
                        .start())
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "The process of service ended with status 4 before it had printed 'joined': \n  no broker"));
    }

    private static void in(Consumer<Life> boot) {
        in(BOUNDS, boot);
    }

    private static void in(Bounds bounds, Consumer<Life> boot) {
        Outcome outcome = ScenarioRunner.of(Fault.CRASH)
                .within(bounds)
                .mayPassUndelivered("the process is what is looked at")
                .explore(scenario -> scenario.service("service", life -> {
                    boot.accept(life);
                    return life;
                }));
        if (outcome instanceof Outcome.Failed failed) {
            throw new AssertionError(failed.toString());
        }
    }
}
