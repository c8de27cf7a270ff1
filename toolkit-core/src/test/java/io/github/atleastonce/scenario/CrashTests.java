package io.github.atleastonce.scenario;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Attempt;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.run.Crash;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.ServiceFailedException;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.ScheduleToken;
import io.github.atleastonce.task.Action;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where a process may die, and what is left of it. */
class CrashTests {

    private static final Bounds ONE = Bounds.DEFAULT.withMaxFaults(1);

    private static List<String> replay(String token, ScenarioRunner.Body body) {
        List<String> seen = new ArrayList<>();
        assertThat(ScenarioRunner.of(CRASH).replay(ScheduleToken.parse(token), scenario -> {
                    seen.clear();
                    body.perform(scenario);
                    seen.addAll(scenario.history()
                            .of(Event.Crashed.class)
                            .map(crash -> crash.service() + " " + crash.life() + " died " + crash.where())
                            .toList());
                }))
                .isInstanceOf(Outcome.Passed.class);
        return seen;
    }

    /** "After a step" is "before the next": one point between two steps, and one before the first. */
    @Test
    void pointsAreCanonical() {
        Explored explored = Explored.of(
                scenario -> {
                    scenario.service("shop", life -> {
                        life.subscribe("orders", String.class, order -> {
                            life.step("insert");
                            life.step("commit");
                        });
                        return life;
                    });
                    scenario.channel("orders").send("o-1", "order");
                    scenario.settle();
                },
                ONE,
                CRASH);
        assertThat(explored.tokens())
                .containsExactly(
                        "1:",
                        "1:crash(shop<orders[k1])",
                        "1:crash(shop<orders[k1]/insert)",
                        "1:crash(shop<orders[k1]/commit)",
                        "1:crash(quiet,shop)");
        assertThat(explored.claim()).isEqualTo("holds under every schedule with ≤ 1 fault (5 runs)");
    }

    /** Boot, attempt, send, poller, timer: each I/O step of each is a point. */
    @Test
    void everythingThatAServiceDoesCanBeCut() {
        Explored explored = Explored.of(
                scenario -> {
                    var shop = scenario.service("shop", life -> {
                        life.step("migrate");
                        life.poll("relay", () -> {
                            life.step("look");
                            return false;
                        });
                        life.after(java.time.Duration.ofSeconds(1), () -> life.step("expire"));
                        return life;
                    });
                    scenario.attempt(shop, life -> life.send("orders", "o-1", "order"));
                    scenario.elapse(java.time.Duration.ofSeconds(1));
                    scenario.settle();
                },
                ONE,
                CRASH);
        assertThat(explored.tokens())
                .containsExactly(
                        "1:",
                        "1:crash(shop.boot/migrate)",
                        "1:crash(shop#1)",
                        "1:crash(shop#1/send orders)",
                        "1:crash(shop.timer/expire)",
                        "1:crash(shop.relay/look)",
                        "1:crash(quiet,shop)");
    }

    @Test
    void bootAndRecoveryCanBeCutAgainAndAgain() {
        assertThat(replay("1:crash(shop.boot/migrate)+crash(shop.boot/migrate)~2", scenario -> {
                    var shop = scenario.service("shop", life -> {
                        life.step("migrate");
                        return life;
                    });
                    scenario.attempt(shop, life -> {});
                    assertThat(shop.get().number()).isEqualTo(livesOf(scenario));
                    scenario.settle();
                }))
                .containsExactly("shop 1 died after migrate", "shop 2 died after migrate");
    }

    private static int livesOf(Scenario scenario) {
        return 1 + (int) scenario.history().of(Event.Crashed.class).count();
    }

    @Test
    void aDeadLifeTouchesNothing() {
        List<String> seen = new ArrayList<>();
        List<Life> dead = new ArrayList<>();
        List<String> crashes = replay("1:crash(shop#1/insert)", scenario -> {
            seen.clear();
            dead.clear();
            var shop = scenario.service("shop", life -> {
                life.onDeath(() -> seen.add("fence 1"));
                life.onDeath(() -> seen.add("fence 2"));
                return life;
            });
            scenario.attempt(shop, life -> {
                try {
                    life.step("insert");
                } catch (Throwable everything) {
                    seen.add("caught " + everything.getClass().getSimpleName());
                } finally {
                    refuses(seen, "step", () -> life.step("commit", () -> seen.add("committed")));
                    refuses(seen, "call", () -> life.step("commit", () -> seen.add("committed too")));
                    refuses(seen, "send", () -> life.send("orders", "o-1", "order"));
                    refuses(seen, "subscribe", () -> life.subscribe("orders", String.class, order -> {}));
                    refuses(seen, "poll", () -> life.poll("relay", () -> false));
                    refuses(seen, "after", () -> life.after(java.time.Duration.ZERO, () -> {}));
                    seen.add("dead " + life.isDead());
                    dead.add(life);
                }
            });
            boolean died = scenario.history().of(Event.Crashed.class).findAny().isPresent();
            assertThat(scenario.history().of(Event.Sent.class)).hasSize(died ? 0 : 1);
            scenario.settle();
        });
        assertThat(seen)
                .containsExactly(
                        "fence 1",
                        "fence 2",
                        "caught Crash",
                        "refused step",
                        "refused call",
                        "refused send",
                        "refused subscribe",
                        "refused poll",
                        "refused after",
                        "dead true",
                        "fence 1",
                        "fence 2");
        assertThat(crashes).containsExactly("shop 1 died after insert");
        assertThatThrownBy(() -> dead.get(0).step("late"))
                .isInstanceOf(Crash.class)
                .hasMessage("shop died after insert");
    }

    @Test
    void aFenceThatThrowsKeepsNoOtherFromRunningAndIsTold() {
        List<String> seen = new ArrayList<>();
        Outcome outcome = ScenarioRunner.of(CRASH).replay(ScheduleToken.parse("1:crash(shop#1/insert)"), scenario -> {
            var shop = scenario.service("shop", life -> {
                life.onDeath(() -> {
                    throw new IllegalStateException("pool is busy");
                });
                life.onDeath(() -> seen.add("closed " + life.number()));
                return life;
            });
            scenario.attempt(shop, life -> life.step("insert"));
            scenario.settle();
        });

        assertThat(seen).contains("closed 1");
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(UsageException.class)
                                .hasMessageContaining("'shop' gave to life.onDeath(…) failed")
                                .hasRootCauseMessage("pool is busy"));
    }

    private static void refuses(List<String> seen, String what, Action call) throws Exception {
        try {
            call.run();
            seen.add("let " + what + " pass");
        } catch (Crash crash) {
            seen.add("refused " + what);
        }
    }

    @Test
    void codeThatCatchesEverythingChangesNothing() {
        Deposits deposits = new Deposits();
        List<String> swallowed = new ArrayList<>();
        replay("1:crash(bank<deposits[k1]/commit)", scenario -> {
            swallowed.clear();
            deposits.booked.clear();
            scenario.service("bank", life -> {
                life.subscribe("deposits", Deposits.Deposit.class, deposit -> {
                    try {
                        deposits.addEach(life, deposit);
                    } catch (Throwable crash) {
                        swallowed.add("swallowed");
                    }
                });
                return life;
            });
            scenario.channel("deposits").send("d-1", new Deposits.Deposit("d-1", 5));
            scenario.settle();
            // it was not acknowledged all the same, so it came again; the fault-free run books 5
            assertThat(deposits.sum()).isEqualTo(swallowed.isEmpty() ? 5 : 10);
        });
        assertThat(swallowed).containsExactly("swallowed");
    }

    @Test
    void aRunThatIsOverIsTouchedByNothing() {
        List<Life> lives = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        Explored.of(
                scenario -> {
                    var shop = scenario.service("shop", life -> {
                        life.onDeath(() -> seen.add("closed " + life.number()));
                        return life;
                    });
                    scenario.attempt(shop, lives::add);
                    scenario.settle();
                },
                ONE.withMaxFaults(0),
                CRASH);
        assertThat(seen).containsOnly("closed 1").hasSameSizeAs(lives);
        assertThatThrownBy(() -> lives.get(0).step("late")).hasMessage("shop died with its run");
    }

    /** That this compiles without a {@code throws} clause, or with no more than the step's own, is half of the test. */
    @Test
    void whatAStepOrAnAttemptMayThrowIsInferred() {
        replay("1:", CrashTests::insertsTwice);

        Outcome outcome = ScenarioRunner.of(CRASH).replay(ScheduleToken.parse("1:"), CrashTests::failsToWrite);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(IOException.class)
                                .hasMessage("disk full"));
    }

    private static void insertsTwice(Scenario scenario) {
        Set<String> table = new HashSet<>();
        var shop = scenario.service("shop", life -> life);
        scenario.attempt(shop, life -> life.step("insert", () -> table.add("o-1")));
        scenario.attempt(shop, life -> {
            boolean added = life.step("insert", () -> table.add("o-2"));
            assertThat(added).isTrue();
        });
        scenario.settle();
        assertThat(table).containsExactlyInAnyOrder("o-1", "o-2");
    }

    private static void failsToWrite(Scenario scenario) throws IOException {
        var shop = scenario.service("shop", life -> life);
        scenario.attempt(
                shop,
                life -> life.step("write", () -> {
                    throw new IOException("disk full");
                }));
    }

    @Test
    void anAttemptSaysHowItEnded() {
        List<Attempt> attempts = new ArrayList<>();
        ScenarioRunner.Body body = scenario -> {
            var shop = scenario.service("shop", life -> life);
            attempts.add(scenario.attempt(shop, life -> life.step("insert")));
            scenario.settle();
        };
        replay("1:crash(shop#1)", body);
        replay("1:crash(shop#1/insert)", body);
        assertThat(attempts)
                .extracting(Attempt::result)
                .containsExactly(
                        Attempt.Result.COMPLETED, Attempt.Result.CUT, Attempt.Result.COMPLETED, Attempt.Result.CUT);
        assertThat(attempts).extracting(Attempt::completed).containsExactly(true, false, true, false);
    }

    @Test
    void anAttemptWithoutAFaultThrowsWhatTheApplicationThrew() {
        var outcome = ScenarioRunner.of(CRASH).explore(scenario -> {
            var shop = scenario.service("shop", life -> life);
            scenario.attempt(shop, life -> {
                throw new java.io.IOException("disk full");
            });
        });
        assertThat(Explored.failed(outcome).cause())
                .isInstanceOf(java.io.IOException.class)
                .hasMessage("disk full");
        assertThat(Explored.token(outcome)).isEqualTo("1:");
    }

    @Test
    void anAttemptThatAFaultMadeFailSaysSo() {
        List<Attempt> attempts = new ArrayList<>();
        Explored explored = Explored.of(
                scenario -> {
                    var shop = scenario.service("shop", life -> life);
                    attempts.add(scenario.attempt(shop, life -> {
                        life.send("orders", "o-1", "order");
                        if (scenario.history().of(Event.Sent.class).count() > 1) {
                            throw new IllegalStateException("sent too much");
                        }
                    }));
                    scenario.settle();
                },
                ONE,
                io.github.atleastonce.schedule.Fault.DUPLICATE);
        assertThat(explored.claim()).contains("(3 runs)");
        assertThat(attempts.get(2).result()).isEqualTo(Attempt.Result.FAILED);
        assertThat(attempts.get(2).failure()).hasMessage("sent too much");
    }

    /** The body is not a process: what it asks a service for by a plain call is not cut. */
    @Test
    void aPlainCallOfTheBodyIsNotCut() {
        Explored explored = Explored.of(
                scenario -> {
                    var shop = scenario.service("shop", life -> life);
                    scenario.attempt(shop, life -> {});
                    scenario.settle();
                    shop.get().step("select");
                },
                ONE,
                CRASH);
        assertThat(explored.tokens()).containsExactly("1:", "1:crash(shop#1)", "1:crash(quiet,shop)");
        assertThat(explored.claim()).contains("(3 runs)");
    }

    /** Nor is a service that another one calls: the crash would unwind the caller, whose process is alive. */
    @Test
    void aServiceThatAnotherOneCallsIsNotCut() {
        Explored explored = Explored.of(
                scenario -> {
                    var stock = scenario.service("stock", life -> life);
                    scenario.service("shop", life -> {
                        life.subscribe("orders", String.class, order -> {
                            stock.get().step("reserve");
                            life.step("commit");
                        });
                        return life;
                    });
                    scenario.channel("orders").send("o-1", "order");
                    scenario.settle();
                },
                ONE,
                CRASH);
        assertThat(explored.tokens())
                .containsExactly(
                        "1:",
                        "1:crash(shop<orders[k1])",
                        "1:crash(shop<orders[k1]/commit)",
                        "1:crash(quiet,stock)",
                        "1:crash(quiet,shop)");
        assertThat(explored.claim()).contains("(5 runs)");
    }

    @Test
    void aBootMayReturnNothing() {
        Explored explored = Explored.of(
                scenario -> {
                    scenario.service("shop", life -> {
                        life.subscribe("orders", String.class, order -> life.step("commit"));
                        return nothing();
                    });
                    scenario.channel("orders").send("o-1", "order");
                    scenario.settle();
                },
                ONE,
                CRASH);
        assertThat(explored.claim()).contains("(4 runs)");
    }

    @Test
    void whatABootDidNotReturnCannotBeUsed() {
        var outcome = ScenarioRunner.of(CRASH)
                .explore(scenario -> scenario.service("shop", life -> nothing()).get());
        assertThat(Explored.failed(outcome).cause())
                .hasMessage(
                        "The boot of 'shop' returned null, so there is nothing to act on: let it return the service's "
                                + "front door.");
    }

    @SuppressWarnings("NullAway")
    private static Object nothing() {
        return null;
    }

    @Test
    void aServiceThatDoesNotStartAgainFails() {
        var outcome = ScenarioRunner.of(CRASH).explore(scenario -> {
            List<String> table = new ArrayList<>();
            var shop = scenario.service("shop", life -> {
                if (table.contains("orders")) {
                    throw new IllegalStateException("table orders exists");
                }
                life.step("create table", () -> {
                    table.add("orders");
                });
                return life;
            });
            scenario.attempt(shop, life -> {});
            scenario.settle();
        });
        assertThat(Explored.token(outcome)).isEqualTo("1:crash(shop.boot/create table)");
        assertThat(Explored.failed(outcome).cause())
                .isInstanceOf(ServiceFailedException.class)
                .hasMessage("'shop' did not start again: java.lang.IllegalStateException: table orders exists")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aServiceThatDoesNotStartAtAllFailsWithItsOwnException() {
        var outcome = ScenarioRunner.of(CRASH)
                .explore(scenario -> scenario.service("shop", life -> {
                    throw new IllegalStateException("no port");
                }));
        assertThat(Explored.failed(outcome).cause()).hasMessage("no port");
    }
}
