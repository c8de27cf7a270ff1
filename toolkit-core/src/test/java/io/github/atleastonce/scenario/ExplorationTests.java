package io.github.atleastonce.scenario;

import static io.github.atleastonce.explore.Trial.Kind.CLOSING;
import static io.github.atleastonce.explore.Trial.Kind.CONFIRMING;
import static io.github.atleastonce.explore.Trial.Kind.EXPLORED;
import static io.github.atleastonce.explore.Trial.Kind.FAULT_FREE;
import static io.github.atleastonce.explore.Trial.Kind.FAULT_FREE_AGAIN;
import static io.github.atleastonce.explore.Trial.Kind.KEPT;
import static io.github.atleastonce.explore.Trial.Kind.REPLAY;
import static io.github.atleastonce.explore.Trial.Kind.UNDELIVERED;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.REORDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.explore.Baseline;
import io.github.atleastonce.explore.DisturbedException;
import io.github.atleastonce.explore.Effort;
import io.github.atleastonce.explore.Exploration;
import io.github.atleastonce.explore.FaultSelection;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.Runner;
import io.github.atleastonce.explore.Settings;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.scenario.Deposits.Deposit;
import io.github.atleastonce.scenario.ScenarioRunner.Body;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import io.github.atleastonce.schedule.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.internal.AssumptionViolatedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

/** Which runs an exploration wants, and what their results mean. */
class ExplorationTests {

    private static final Bounds ONE = Bounds.DEFAULT.withMaxFaults(1);

    /** One deposit, handled by a store that is new in each run. */
    private static void sound(Scenario scenario) {
        deposit(scenario, new Deposits(), true);
    }

    private static void faulty(Scenario scenario) {
        deposit(scenario, new Deposits(), false);
    }

    private static void deposit(Scenario scenario, Deposits deposits, boolean once) {
        scenario.service("bank", life -> {
            life.subscribe("deposits", Deposit.class, deposit -> {
                if (once) {
                    deposits.addOnce(life, deposit);
                } else {
                    deposits.addEach(life, deposit);
                }
            });
            return life;
        });
        scenario.channel("deposits").send("d-1", new Deposit("d-1", 5));
        scenario.settle();
        assertThat(deposits.sum()).isEqualTo(5);
    }

    private static Settings settings(String kept, String replay) {
        return Settings.explore(EnumSet.of(DUPLICATE, REDELIVERY, CRASH), ONE)
                .withKept(kept == null ? null : ScheduleToken.parse(kept))
                .withReplay(replay == null ? null : ScheduleToken.parse(replay));
    }

    @Test
    void aPassRunsTheFaultFreeScheduleTwiceAndAtTheEnd() {
        Explored explored = Explored.of(ExplorationTests::sound, Settings.explore(EnumSet.of(DUPLICATE), ONE));
        assertThat(explored.trials())
                .containsExactly(FAULT_FREE, FAULT_FREE_AGAIN, EXPLORED, EXPLORED, UNDELIVERED, CLOSING);
        assertThat(explored.claim()).isEqualTo("holds under every schedule with ≤ 1 fault (3 runs)");
    }

    @Test
    void aSuspectIsRunAgainBeforeTheVerdict() {
        Explored explored = Explored.of(ExplorationTests::faulty, ONE, REDELIVERY, CRASH);
        assertThat(explored.trials()).containsExactly(FAULT_FREE, FAULT_FREE_AGAIN, EXPLORED, EXPLORED, CONFIRMING);
        assertThat(explored.token()).isEqualTo("1:crash(bank<deposits[k1]/commit)");
        Outcome.Failed failed = Explored.failed(explored.outcome());
        assertThat(failed.effort()).isEqualTo(new Effort.Searched(1, 1, 2, 4, 0, 0));
        assertThat(failed.cause()).isInstanceOf(AssertionError.class).hasMessageContaining("10");
    }

    @Test
    void aFaultFreeFailureIsAnOrdinaryOne() {
        Explored explored = Explored.of(
                scenario -> {
                    throw new AssertionError("wrong anyway");
                },
                ONE,
                CRASH);
        assertThat(explored.trials()).containsExactly(FAULT_FREE);
        assertThat(explored.token()).isEqualTo("1:");
        assertThat(Explored.failed(explored.outcome()).cause()).hasMessage("wrong anyway");
    }

    /** With a static that remembers ids a lost effect would pass: the second run without a fault books nothing. */
    @Test
    void stateThatOutlivesARunIsNoticed() {
        Deposits shared = new Deposits();
        Explored explored = Explored.of(
                scenario -> {
                    shared.booked.clear();
                    deposit(scenario, shared, true);
                },
                ONE,
                DUPLICATE);
        assertThat(explored.trials()).containsExactly(FAULT_FREE, FAULT_FREE_AGAIN);
        assertThat(Explored.reason(explored.outcome()))
                .startsWith(
                        "The fault-free run passed at first and failed the second time: state outlives a run, such as a "
                                + "static field or a database without reset. It failed with: ");
    }

    /** The twin: brought back to its beginning, shared state is no matter. */
    @Test
    void stateThatIsResetIsNoMatter() {
        Deposits shared = new Deposits();
        Explored explored = Explored.of(
                scenario -> {
                    scenario.reset(() -> {
                        shared.booked.clear();
                        shared.seen.clear();
                    });
                    deposit(scenario, shared, true);
                },
                ONE,
                DUPLICATE);
        assertThat(explored.claim()).contains("(3 runs)");
    }

    /** State that only a fault writes is seen by no second run, but by the one at the end. */
    @Test
    void stateThatAFaultLeftBehindIsNoticedAtTheEnd() {
        Set<String> shared = new HashSet<>();
        Explored explored = Explored.of(
                scenario -> {
                    Set<String> mine = new HashSet<>();
                    scenario.service("bank", life -> {
                        life.subscribe("deposits", String.class, id -> {
                            life.step(shared.contains(id) ? "skip" : "commit");
                            if (!mine.add(id)) {
                                shared.add(id);
                            }
                        });
                        return life;
                    });
                    scenario.channel("deposits").send("d-1", "d-1");
                    scenario.settle();
                },
                ONE,
                DUPLICATE);
        assertThat(explored.trials()).containsExactly(FAULT_FREE, FAULT_FREE_AGAIN, EXPLORED, EXPLORED, CLOSING);
        assertThat(Explored.reason(explored.outcome()))
                .isEqualTo(
                        "The fault-free run at the end differs from the one at the beginning: first \"bank did commit\", "
                                + "then \"bank did skip\". Something varies that no schedule decides: state that outlives a run, such "
                                + "as a static field or a database without reset.");
    }

    @Test
    void chanceThatNoSeedDecidesIsNoticed() {
        Random unseeded = new Random(7); // one for all runs: what it gives differs from run to run
        Explored explored = Explored.of(
                scenario -> {
                    scenario.consumer("shop", "orders", Integer.class, number -> {});
                    scenario.channel("orders").send("o-1", unseeded.nextInt(1_000_000));
                    scenario.settle();
                },
                ONE,
                DUPLICATE);
        assertThat(Explored.reason(explored.outcome()))
                .startsWith("Two fault-free runs differ: first \"the test sent orders[k1] Integer ")
                .endsWith(
                        "Something varies that no schedule decides: an unseeded random number, the time, another thread, or "
                                + "state that outlives a run such as a static field or a database without reset.");
    }

    /** The twin: a seeded one gives the same in each run. */
    @Test
    void chanceWithASeedIsNoMatter() {
        Explored explored = Explored.of(
                scenario -> {
                    Random seeded = new Random(7);
                    scenario.consumer("shop", "orders", Integer.class, number -> {});
                    scenario.channel("orders").send("o-1", seeded.nextInt(1_000_000));
                    scenario.settle();
                },
                ONE,
                DUPLICATE);
        assertThat(explored.claim()).contains("(3 runs)");
    }

    /** As with migrations: the first run finds a fresh database, and every other one a database that is up to date. */
    @Test
    void aFirstStartMayDoMore() {
        Set<String> database = new HashSet<>();
        Outcome outcome = Explored.of(scenario -> migrates(scenario, database, true), ONE, CRASH)
                .outcome();
        assertThat(((Outcome.Passed) outcome).claim().toString())
                .contains("; the first start did more than the later ones, as migrations do, and was not cut in that");
    }

    @Test
    void aStartThatIsAnotherEachTimeIsToldAsItIs() {
        Set<String> database = new HashSet<>();
        assertThat(Explored.reason(Explored.of(scenario -> migrates(scenario, database, false), ONE, CRASH)
                        .outcome()))
                .startsWith("Two fault-free runs differ: first \"shop did migrate to ");
    }

    /** What is new in each run would hide what a handler loses. */
    @Test
    void aHandlerThatDoesMoreTheFirstTimeIsALeak() {
        Set<String> database = new HashSet<>();
        assertThat(Explored.reason(Explored.of(
                                scenario -> {
                                    scenario.service("shop", life -> {
                                        life.subscribe("orders", String.class, order -> {
                                            if (database.add(order)) {
                                                life.step("insert");
                                            }
                                        });
                                        return life;
                                    });
                                    scenario.channel("orders").send("o-1", "o-1");
                                    scenario.settle();
                                },
                                ONE,
                                CRASH)
                        .outcome()))
                .startsWith("Two fault-free runs differ");
    }

    private static void migrates(Scenario scenario, Set<String> database, boolean once) {
        Set<String> handled = new HashSet<>();
        scenario.service("shop", life -> {
            if (database.isEmpty() || !once && life.number() == 1) {
                life.step("migrate to " + "v".repeat(database.size() + 1), () -> database.add("v" + database.size()));
            }
            life.subscribe("orders", String.class, order -> life.step("insert", () -> handled.add(order)));
            return life;
        });
        scenario.channel("orders").send("o-1", "o-1");
        scenario.settle();
        assertThat(handled).containsExactly("o-1");
    }

    /** Names that differ in any correct service are no difference. */
    @Test
    void randomIdsAndInstantsAreNoMatter() {
        Explored explored = Explored.of(
                scenario -> {
                    scenario.consumer("shop", "orders", String.class, number -> {});
                    scenario.channel("orders")
                            .send(
                                    "o-1",
                                    java.util.UUID.randomUUID() + " " + java.time.Instant.now() + " " + new Object());
                    scenario.settle();
                },
                ONE,
                DUPLICATE);
        assertThat(explored.claim()).contains("(3 runs)");
    }

    /** Something that varies only after the first two runs is noticed when a plan cannot be followed. */
    @Test
    void aPlanThatCannotBeFollowedIsNoticed() {
        int[] run = {0};
        Explored explored = Explored.of(
                scenario -> {
                    run[0]++;
                    var shop = scenario.service("shop", life -> life);
                    scenario.attempt(shop, life -> life.step(run[0] < 4 ? "commit" : "roll back"));
                    scenario.settle();
                },
                ONE,
                CRASH);
        assertThat(Explored.reason(explored.outcome()))
                .startsWith(
                        "A schedule could not be followed: step 1 of 1, crash(shop#1/commit), was not met: the run came to "
                                + "shop#1/roll back instead, with crash(shop#1/roll back).");
    }

    @Test
    void whatARunThrewThatMetNoScheduleIsSaid() {
        int[] run = {0};
        Explored explored = Explored.of(
                scenario -> {
                    run[0]++;
                    var shop = scenario.service("shop", life -> life);
                    if (run[0] >= 4) {
                        throw new IllegalStateException("no connection");
                    }
                    scenario.attempt(shop, life -> life.step("commit"));
                    scenario.settle();
                },
                ONE,
                CRASH);
        assertThat(Explored.reason(explored.outcome()))
                .startsWith(
                        "A schedule could not be followed: step 1 of 1, crash(shop#1/commit), was not met: the run ended before it. "
                                + "The run failed with: java.lang.IllegalStateException: no connection.");
    }

    /** Fails under the schedule the first time only. */
    @Test
    void whatPassesWhenRunAgainIsFlaky() {
        int[] failures = {0};
        Explored explored = Explored.of(
                scenario -> {
                    Deposits deposits = new Deposits();
                    scenario.service("bank", life -> {
                        life.subscribe("deposits", Deposit.class, deposit -> deposits.addEach(life, deposit));
                        return life;
                    });
                    scenario.channel("deposits").send("d-1", new Deposit("d-1", 5));
                    scenario.settle();
                    if (deposits.sum() != 5 && failures[0]++ == 0) {
                        throw new AssertionError("booked " + deposits.sum());
                    }
                },
                ONE,
                DUPLICATE);
        assertThat(explored.outcome()).isInstanceOfSatisfying(Outcome.Flaky.class, flaky -> {
            assertThat(flaky.token()).hasToString("1:duplicate(deposits[k1])");
            assertThat(flaky.first()).hasMessage("booked 10");
            assertThat(flaky.second()).isNull();
        });
    }

    @Test
    void whatFailsDifferentlyWhenRunAgainIsFlaky() {
        int[] failures = {0};
        Explored explored = Explored.of(failsDifferently(failures), ONE, DUPLICATE);
        assertThat(explored.outcome()).isInstanceOfSatisfying(Outcome.Flaky.class, flaky -> {
            assertThat(flaky.first()).hasMessage("failure number 1");
            assertThat(flaky.second()).hasMessage("failure number 2");
        });
    }

    private static Body failsDifferently(int[] failures) {
        return scenario -> {
            List<String> handled = new ArrayList<>();
            scenario.consumer("bank", "deposits", String.class, handled::add);
            scenario.channel("deposits").send("d-1", "d-1");
            scenario.settle();
            if (handled.size() > 1) {
                throw new AssertionError("failure number " + ++failures[0]);
            }
        };
    }

    /** What fails in the confirming run without its fault is not a failure under that fault. */
    @Test
    void aSuspectThatNoLongerMeetsItsFaultIsNoVerdict() {
        int[] run = {0};
        Explored explored = Explored.of(
                scenario -> {
                    run[0]++;
                    var shop = scenario.service("shop", life -> life);
                    scenario.attempt(shop, life -> life.step(run[0] < 5 ? "commit" : "roll back"));
                    scenario.settle();
                    assertThat(run[0]).isLessThan(4);
                },
                ONE,
                CRASH);
        assertThat(explored.trials()).endsWith(EXPLORED, EXPLORED, CONFIRMING);
        assertThat(Explored.reason(explored.outcome()))
                .startsWith(
                        "A schedule could not be followed: Step 1 of 1, crash(shop#1/commit), was never met; after the "
                                + "start offered were crash(shop#1), crash(shop#1/roll back), crash(quiet,shop).");
    }

    @Test
    void whatFailedTheLastTimeIsTriedFirst() {
        Explored explored = Explored.of(ExplorationTests::faulty, settings("1:redelivery(bank<deposits[k1])", null));
        assertThat(explored.trials()).containsExactly(FAULT_FREE, FAULT_FREE_AGAIN, KEPT, CONFIRMING);
        assertThat(explored.token()).isEqualTo("1:redelivery(bank<deposits[k1])");
        assertThat(Explored.failed(explored.outcome()).effort()).isEqualTo(new Effort.Alone(1, 0));
    }

    @Test
    void whatFailedTheLastTimeAndHoldsNowIsForgotten() {
        Explored explored = Explored.of(ExplorationTests::sound, settings("1:redelivery(bank<deposits[k1])", null));
        assertThat(explored.trials())
                .startsWith(FAULT_FREE, FAULT_FREE_AGAIN, KEPT, EXPLORED)
                .endsWith(CLOSING);
        assertThat(explored.claim()).isEqualTo("holds under every schedule with ≤ 1 fault (7 runs)");
    }

    @Test
    void whatFailedTheLastTimeAndIsNoLongerMetIsForgotten() {
        Explored explored = Explored.of(ExplorationTests::sound, settings("1:crash(bank<refunds[k1])", null));
        assertThat(explored.claim()).isEqualTo("holds under every schedule with ≤ 1 fault (7 runs)");
    }

    /** A failure that was seen is not forgotten because another schedule was wanted. */
    @Test
    void whatFailedWithoutBeingMetShowsNothingIfNothingElseFails() {
        int[] run = {0};
        Explored explored = Explored.of(
                scenario -> {
                    sound(scenario);
                    assertThat(++run[0]).isNotEqualTo(3);
                },
                settings("1:crash(bank<refunds[k1])", null));
        assertThat(explored.trials()).startsWith(FAULT_FREE, FAULT_FREE_AGAIN, KEPT, EXPLORED);
        assertThat(Explored.reason(explored.outcome()))
                .startsWith(
                        "What failed the last time, 1:crash(bank<refunds[k1]), was not met, and yet the run failed");
    }

    @Test
    void aReplayRunsItsScheduleOnly() {
        Explored explored = Explored.of(ExplorationTests::faulty, settings(null, "1:duplicate(quiet,deposits[k1])"));
        assertThat(explored.trials()).containsExactly(FAULT_FREE, REPLAY);
        assertThat(explored.token()).isEqualTo("1:duplicate(quiet,deposits[k1])");
        assertThat(Explored.of(ExplorationTests::sound, settings(null, "1:duplicate(quiet,deposits[k1])"))
                        .outcome())
                .isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void aReplayThatMeetsSomethingElseNeverPasses() {
        for (Body body : List.<Body>of(ExplorationTests::sound, ExplorationTests::faulty)) {
            Outcome outcome = Explored.of(body, settings(null, "1:crash(bank<deposits[k1])+crash(shop#1)"))
                    .outcome();
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Diverged.class, diverged -> {
                assertThat(diverged.how())
                        .isEqualTo("Step 2 of 2, crash(shop#1), was never met; after step 1 offered were "
                                + "crash(bank<deposits[k1]), crash(bank<deposits[k1]/commit), "
                                + "redelivery(bank<deposits[k1]), duplicate(quiet,deposits[k1]), crash(quiet,bank).");
            });
        }
    }

    /** What was asked for was not run, so it is no pass; the reason says truthfully how far it came. */
    @Test
    void aBoundOnRunsShowsNothingOfWhatWasAskedFor() {
        assertThat(Explored.claim(within(100))).isEqualTo("holds under every schedule with ≤ 2 faults (38 runs)");
        assertThat(Explored.claim(within(38))).isEqualTo("holds under every schedule with ≤ 2 faults (38 runs)");
        assertThat(Explored.reason(within(37)))
                .isEqualTo(
                        "This exploration holds under every schedule with ≤ 1 fault (7 runs); beyond, 30 of 31 with 2 "
                                + "faults (stopped by maxRuns = 37).");
        assertThat(Explored.reason(within(7))).contains("(7 runs); beyond, 0 of 31 with 2 faults");
        assertThat(Explored.reason(within(6)))
                .isEqualTo(
                        "This exploration shows nothing: not every schedule with 1 fault was run; 5 of 6 with 1 fault "
                                + "(stopped by maxRuns = 6).");
        assertThat(Explored.reason(within(1))).contains("0 of 6 with 1 fault (stopped by maxRuns = 1)");
    }

    private static Outcome within(int runs) {
        return ScenarioRunner.of(DUPLICATE, REDELIVERY, CRASH)
                .within(Bounds.DEFAULT.withMaxRuns(runs))
                .explore(ExplorationTests::sound);
    }

    @Test
    void aBoundThatEverythingJustFitsIntoIsNotReached() {
        assertThat(Explored.claim(ScenarioRunner.of(DUPLICATE, REDELIVERY, CRASH)
                        .within(ONE.withMaxRuns(7))
                        .explore(ExplorationTests::sound)))
                .isEqualTo("holds under every schedule with ≤ 1 fault (7 runs)");
    }

    @Test
    void timeThatRunsOutShowsNothingOfWhatWasAskedFor() {
        Bounds bounds = Bounds.DEFAULT.withTimeout(Duration.ofSeconds(10));
        assertThat(Explored.reason(inSteps(Settings.explore(EnumSet.of(DUPLICATE, REDELIVERY, CRASH), bounds))))
                .isEqualTo(
                        "This exploration holds under every schedule with ≤ 1 fault (7 runs); beyond, 3 of 31 with 2 "
                                + "faults (stopped by timeout = PT10S).");
    }

    /** The twin: to go as far as the time allows was asked for. */
    @Test
    void aBudgetIsSpentOnWhatGoesBeyondOneFault() {
        Settings settings = Settings.explore(EnumSet.of(DUPLICATE, REDELIVERY, CRASH), Bounds.DEFAULT);
        assertThat(Explored.claim(inSteps(settings.withBudget(Duration.ofSeconds(10)))))
                .isEqualTo(
                        "holds under every schedule with ≤ 1 fault (7 runs); beyond, 3 of 31 with 2 faults (stopped by "
                                + "budget = PT10S)");
        assertThat(Explored.claim(inSteps(settings.withBudget(Duration.ofSeconds(2)))))
                .isEqualTo(
                        "holds under every schedule with ≤ 1 fault (7 runs); beyond, 0 of 31 with 2 faults (stopped by "
                                + "budget = PT2S)");
        assertThat(Explored.claim(inSteps(settings.withBudget(Duration.ofSeconds(100)))))
                .isEqualTo("holds under every schedule with ≤ 2 faults (38 runs)");
    }

    /** Explores with a clock that goes on by a second whenever somebody looks. */
    private static Outcome inSteps(Settings settings) {
        long[] now = {0};
        return Runner.explore(
                settings,
                () -> now[0] += Duration.ofSeconds(1).toNanos(),
                run -> sound(Scenario.open(run, TransportFactory.IN_MEMORY)),
                trial -> {});
    }

    @Test
    void theClaimNamesTheFaultsThatWereTriedAndThoseThatWereNot() {
        Outcome outcome = ScenarioRunner.of(DUPLICATE, REORDER).within(ONE).explore(ExplorationTests::sound);
        assertThat(((Outcome.Passed) outcome).claim())
                .hasToString(
                        "holds under every schedule with ≤ 1 fault (3 runs); tried: DUPLICATE; no place for REORDER; "
                                + "not tried: REDELIVERY, DELAY, CONCURRENT, CRASH, CONNECTION_LOST, SEND_FAILED, SEND_UNCERTAIN, "
                                + "POISON, RESPONSE_LOST, RESPONSE_ERROR");
    }

    /** Law 3: the claim counts places. Between two messages there is not much to cut. */
    @Test
    void theClaimNamesServicesThatDieBetweenMessagesOnly() {
        String claim = "; no step in any handler of bank: it dies between messages only";
        assertThat(passed(scenario -> scenario.consumer("bank", "deposits", String.class, deposit -> {}), CRASH))
                .contains("; tried: CRASH" + claim);
        assertThat(passed(scenario -> scenario.consumer("bank", "deposits", String.class, deposit -> {}), DUPLICATE))
                .doesNotContain(claim);
        assertThat(passed(
                        scenario -> scenario.service("bank", life -> {
                            life.subscribe("deposits", String.class, deposit -> life.step("commit"));
                            return life;
                        }),
                        CRASH))
                .doesNotContain("no step");
    }

    private static String passed(Consumer<Scenario> service, Fault fault) {
        Outcome outcome = Explored.of(
                        scenario -> {
                            service.accept(scenario);
                            scenario.channel("deposits").send("d-1", "d-1");
                            scenario.settle();
                        },
                        ONE,
                        fault)
                .outcome();
        return ((Outcome.Passed) outcome).claim().toString();
    }

    @Test
    void aRequiredFaultWithoutAPlaceIsNoPass() {
        FaultSelection faults = FaultSelection.of(EnumSet.of(DUPLICATE, REORDER));
        for (Set<Fault> required : List.of(EnumSet.of(DUPLICATE, REORDER), EnumSet.of(DUPLICATE))) {
            Outcome outcome = Explored.of(
                            ExplorationTests::sound,
                            new Settings(faults.requiring(required), ONE, null, null, null, null, Shard.WHOLE))
                    .outcome();
            if (required.contains(REORDER)) {
                assertThat(outcome).isInstanceOfSatisfying(Outcome.Inconclusive.class, inconclusive -> {
                    assertThat(inconclusive.reason()).endsWith("; no place for REORDER.");
                    assertThat(inconclusive.remedy())
                            .isEqualTo(
                                    "The test names [REORDER], which never had a place to happen: leave it out, or say "
                                            + "optional = REORDER.");
                });
            } else {
                assertThat(outcome).isInstanceOf(Outcome.Passed.class);
            }
        }
    }

    @Test
    void noTimeIsTooLong() {
        assertThat(Explored.of(ExplorationTests::sound, ONE.withTimeout(Duration.ofDays(10_000)), DUPLICATE)
                        .claim())
                .isEqualTo("holds under every schedule with ≤ 1 fault (3 runs)");
    }

    @Test
    void aDisturbedRunShowsNothing() {
        AtomicInteger runs = new AtomicInteger();
        Outcome outcome = Explored.of(
                        scenario -> {
                            sound(scenario);
                            if (runs.incrementAndGet() == 3) {
                                throw new IllegalStateException(
                                        "on its way", new DisturbedException("The broker is away.", "Start it."));
                            }
                        },
                        ONE,
                        DUPLICATE)
                .outcome();

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Inconclusive.class, inconclusive -> {
            assertThat(inconclusive.reason()).endsWith("was disturbed: The broker is away.");
            assertThat(inconclusive.remedy()).isEqualTo("Start it.");
        });
        assertThat(runs).hasValue(3);
    }

    /** It is told from others by its number, as an attempt is. */
    @Test
    void aMessageWithoutAKeyIsNoAttempt() {
        Explored explored = Explored.of(
                scenario -> {
                    List<String> seen = new ArrayList<>();
                    scenario.service("shop", life -> {
                        life.subscribe("orders", String.class, seen::add);
                        return life;
                    });
                    scenario.channel("orders").send(null, "A");
                    scenario.settle();
                    assertThat(seen).contains("A");
                },
                ONE,
                CRASH);

        assertThat(((Outcome.Passed) explored.outcome()).claim().toString())
                .contains("no step in any handler of shop")
                .doesNotContain("in any attempt");
    }

    /** As on a broker where a listener joins late: in the first run it is not there, in the second it is. */
    @Test
    void faultFreeRunsThatDidNotSeeTheWholeSystemAreDoneAnew() {
        AtomicInteger runs = new AtomicInteger();
        Explored explored = Explored.of(
                scenario -> {
                    int run = runs.incrementAndGet();
                    Baseline.of(ScenarioRun.of(scenario)).doubtIf(() -> run == 1);
                    sound(scenario);
                    if (run > 1) {
                        ScenarioRun.of(scenario).history().add(new Event.Consumed("late", "c", 1));
                    }
                },
                ONE,
                DUPLICATE);

        assertThat(explored.outcome()).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void aFaultFreeRunThatFailedOfALateListenerIsDoneAnew() {
        AtomicInteger runs = new AtomicInteger();
        Explored explored = Explored.of(
                scenario -> {
                    int run = runs.incrementAndGet();
                    Baseline.of(ScenarioRun.of(scenario)).doubtIf(() -> run == 1);
                    sound(scenario);
                    assertThat(run).isGreaterThan(1);
                },
                ONE,
                DUPLICATE);

        assertThat(explored.outcome()).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void whatNeverIsCompleteIsToldAsItIs() {
        AtomicInteger runs = new AtomicInteger();
        Outcome outcome = Explored.of(
                        scenario -> {
                            Baseline.of(ScenarioRun.of(scenario)).doubtIf(() -> true);
                            runs.incrementAndGet();
                            throw new IllegalStateException("broken");
                        },
                        ONE,
                        DUPLICATE)
                .outcome();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause()).hasMessage("broken"));
        assertThat(runs).hasValue(5);
    }

    /** Groups of their own are seen to consume by the settling that comes next, whichever that is. */
    @Test
    void whenItIsSeenThatAGroupHasConsumedIsNoDifference() {
        AtomicInteger runs = new AtomicInteger();
        Explored explored = Explored.of(
                scenario -> {
                    sound(scenario);
                    boolean late = runs.incrementAndGet() == 1;
                    List<Long> counts = late ? List.of(3L) : List.of(1L, 2L);
                    counts.forEach(
                            count -> ScenarioRun.of(scenario).history().add(new Event.Consumed("g", "c", count)));
                },
                ONE,
                DUPLICATE);

        assertThat(explored.outcome()).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void whatIsDisturbedFromTheBeginningFails() {
        Outcome outcome = Explored.of(
                        scenario -> {
                            throw new DisturbedException("The broker is away.", "Start it.");
                        },
                        ONE,
                        DUPLICATE)
                .outcome();

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.token().deviations()).isEmpty();
            assertThat(failed.cause()).hasMessage("The broker is away.");
        });
    }

    @Test
    void aBodyThatIsNotRunShowsNothing() {
        var exploration = new Exploration(Settings.explore(EnumSet.of(CRASH), ONE), () -> 0);
        exploration.next().orElseThrow().gaveUp("no database here");
        assertThat(exploration.next()).isEmpty();
        assertThat(Explored.reason(exploration.outcome().orElseThrow()))
                .isEqualTo("The body gave up under \"no fault\": no database here");
    }

    static Stream<RuntimeException> assumptions() {
        return Stream.of(
                new TestAbortedException("rather not"),
                new TestAbortedException("rather not") {},
                new AssumptionViolatedException("rather not"));
    }

    /** An assumption that does not hold is no failure, whoever drives, and whichever library it is of. */
    @ParameterizedTest
    @MethodSource("assumptions")
    void aBodyThatGivesUpUnderAFaultShowsNothing(RuntimeException assumption) {
        Outcome outcome = ScenarioRunner.of(DUPLICATE).within(ONE).explore(scenario -> {
            List<String> handled = new ArrayList<>();
            scenario.consumer("bank", "deposits", String.class, handled::add);
            scenario.channel("deposits").send("d-1", "d-1");
            scenario.settle();
            if (handled.size() > 1) {
                throw assumption;
            }
        });
        assertThat(Explored.reason(outcome))
                .isEqualTo("The body gave up under \"String(d-1) delivered twice\": rather not");
    }

    @Test
    void theRunnerDrivesTheSameExploration() {
        Outcome outcome = Runner.explore(
                Settings.explore(EnumSet.of(DUPLICATE), ONE),
                run -> sound(Scenario.open(run, TransportFactory.IN_MEMORY)));
        assertThat(Explored.claim(outcome)).isEqualTo("holds under every schedule with ≤ 1 fault (3 runs)");
    }
}
