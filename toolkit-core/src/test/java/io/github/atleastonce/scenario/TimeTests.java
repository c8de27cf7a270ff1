package io.github.atleastonce.scenario;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.WorkEvent;
import io.github.atleastonce.run.Service;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The clock moves when it is told to; timers, pollers and claims follow. */
class TimeTests {

    private static final Bounds ONE = Bounds.DEFAULT.withMaxFaults(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Runs a body without any fault. */
    private static void once(ScenarioRunner.Body body) {
        Explored explored = Explored.of(body, Bounds.DEFAULT.withMaxFaults(0), Fault.DROP);
        assertThat(Explored.reason(explored.outcome())).contains("shows nothing");
    }

    @Test
    void theClockMovesOnlyByElapse() {
        once(scenario -> {
            Instant start = scenario.clock().instant();
            scenario.settle();
            assertThat(scenario.clock().instant()).isEqualTo(start);
            scenario.elapse(MINUTE);
            assertThat(scenario.clock().instant()).isEqualTo(start.plus(MINUTE));
        });
    }

    @Test
    void timeDoesNotGoBack() {
        var outcome = ScenarioRunner.of(CRASH).explore(scenario -> scenario.elapse(MINUTE.negated()));
        assertThat(Explored.failed(outcome).cause())
                .hasMessage("elapse wants a duration that is not negative, of 10000 days at the most, but got PT-1M.");
    }

    /** As with back-off: the second attempt comes after all else, a minute later, and so does the third. */
    @Test
    void aRetryTakesTime() {
        once(scenario -> {
            List<String> handled = new ArrayList<>();
            Instant start = scenario.clock().instant();
            scenario.channel("orders", ChannelOptions.partitions(2));
            scenario.consumer("shop", "orders", String.class, order -> {
                Duration at = Duration.between(start, scenario.clock().instant());
                handled.add(order + " at " + at.toMinutes());
                if (order.equals("A") && at.toMinutes() < 2) {
                    throw new IllegalStateException("come again");
                }
            });
            scenario.channel("orders").send("o-1", "A");
            scenario.channel("orders").send("o-1", "behind A");
            scenario.channel("orders").send("o-2", "B");
            scenario.settle();
            assertThat(handled).containsExactly("A at 0", "B at 0", "A at 1", "A at 2", "behind A at 2");
        });
    }

    /** Time passes until the message comes again, and no more: what is due later waits. */
    @Test
    void whatIsDueBeforeARetryHappens() {
        once(scenario -> {
            List<String> done = new ArrayList<>();
            scenario.service("shop", life -> {
                life.after(Duration.ofSeconds(59), () -> done.add("at 59 s"));
                life.after(Duration.ofSeconds(61), () -> done.add("at 61 s"));
                life.subscribe("orders", String.class, order -> {
                    done.add(order);
                    if (done.size() == 1) {
                        throw new IllegalStateException("come again");
                    }
                });
                return life;
            });
            scenario.channel("orders").send("o-1", "A");
            scenario.settle();
            assertThat(done).containsExactly("A", "at 59 s", "A");
        });
    }

    @Test
    void timersFireInTheOrderOfTheirDeadlinesEachAtItsTime() {
        once(scenario -> {
            List<String> fired = new ArrayList<>();
            Instant start = scenario.clock().instant();
            Service<?> shop = scenario.service("shop", life -> {
                Runnable cancel = life.after(Duration.ofSeconds(15), () -> fired.add("cancelled"));
                life.after(Duration.ofSeconds(30), () -> {
                    fired.add("30 at "
                            + Duration.between(start, life.clock().instant()).toSeconds());
                    life.after(Duration.ofSeconds(10), () -> fired.add("40"));
                    life.after(Duration.ofSeconds(31), () -> fired.add("61"));
                });
                life.after(Duration.ofSeconds(20), () -> {
                    fired.add("20 at "
                            + Duration.between(start, life.clock().instant()).toSeconds());
                });
                life.after(Duration.ofSeconds(20), () -> fired.add("20 again"));
                life.after(Duration.ofSeconds(-5), () -> fired.add("overdue"));
                cancel.run();
                return life;
            });
            assertThat(shop.name()).isEqualTo("shop");
            scenario.settle();
            assertThat(fired).isEmpty();
            scenario.elapse(MINUTE);
            assertThat(fired).containsExactly("overdue", "20 at 20", "20 again", "30 at 30", "40");
        });
    }

    @Test
    void aCrashForgetsTimers() {
        List<String> fired = new ArrayList<>();
        Explored explored = Explored.of(
                scenario -> {
                    var shop = scenario.service("shop", life -> life);
                    scenario.attempt(shop, life -> {
                        life.after(MINUTE, () -> fired.add("expired"));
                        life.step("commit");
                    });
                    scenario.settle();
                    scenario.elapse(MINUTE);
                },
                ONE,
                CRASH);
        // fault-free, crash before the attempt, after its step, when quiet; fault-free again and at the end
        assertThat(explored.tokens()).hasSize(4);
        assertThat(fired).hasSize(3);
    }

    @Test
    void aDelayMovesTheClockPastTheNextDeadline() {
        List<String> seen = new ArrayList<>();
        ScenarioRunner.Body body = scenario -> {
            seen.clear();
            Instant start = scenario.clock().instant();
            scenario.service("shop", life -> {
                life.after(Duration.ofHours(1), () -> seen.add("time-out"));
                life.subscribe("payments", String.class, payment -> {
                    seen.add(payment + " after "
                            + Duration.between(start, life.clock().instant()));
                });
                return life;
            });
            scenario.channel("payments").send("p-1", "paid");
            scenario.settle();
        };
        Explored explored = Explored.of(body, ONE, DELAY);
        assertThat(explored.tokens()).containsExactly("1:", "1:delay(shop<payments[k1])");
        assertThat(explored.claim()).isEqualTo("holds under every schedule with ≤ 1 fault (2 runs)");
        assertThat(seen).containsExactly("paid after PT0S");
        assertThat(ScenarioRunner.of(DELAY).replay(ScheduleToken.parse("1:delay(shop<payments[k1])"), body))
                .isInstanceOf(Outcome.Passed.class);
        assertThat(seen).containsExactly("time-out", "paid after PT1H0.001S");
    }

    @Test
    void aDelayWithoutATimerMovesTheClockByItsBound() {
        List<Instant> seen = new ArrayList<>();
        Explored.of(
                scenario -> {
                    scenario.consumer(
                            "shop",
                            "payments",
                            String.class,
                            payment -> seen.add(scenario.clock().instant()));
                    scenario.channel("payments").send("p-1", "paid");
                    scenario.settle();
                },
                ONE,
                DELAY);
        assertThat(Duration.between(seen.get(0), seen.get(2))).isEqualTo(Bounds.DEFAULT.delay());
    }

    @Test
    void aDelayGetsAlongWithAnOverdueTimer() {
        Explored explored = Explored.of(
                scenario -> {
                    scenario.service("shop", life -> {
                        life.after(Duration.ofSeconds(-5), () -> life.step("expire"));
                        life.subscribe("payments", String.class, payment -> life.step("commit"));
                        return life;
                    });
                    scenario.channel("payments").send("p-1", "paid");
                    scenario.settle();
                },
                ONE,
                DELAY);
        assertThat(explored.claim()).contains("(2 runs)");
    }

    @Test
    void timersThatArmThemselvesLetADelayEnd() {
        Explored explored = Explored.of(
                scenario -> {
                    scenario.service("shop", life -> {
                        heartbeat(life);
                        life.subscribe("payments", String.class, payment -> life.step("commit"));
                        return life;
                    });
                    scenario.channel("payments").send("p-1", "paid");
                    scenario.channel("payments").send("p-1", "paid");
                    scenario.settle();
                },
                Bounds.DEFAULT,
                DELAY);
        assertThat(explored.claim()).isEqualTo("holds under every schedule with ≤ 2 faults (4 runs)");
    }

    private static void heartbeat(io.github.atleastonce.run.Life life) {
        life.after(Duration.ofSeconds(1), () -> {
            life.step("beat");
            heartbeat(life);
        });
    }

    @Test
    void pollersAreTickedUntilTheyFindNothingAndCostNoTime() {
        once(scenario -> {
            Instant start = scenario.clock().instant();
            List<String> rows = new ArrayList<>(List.of("a", "b"));
            List<String> handled = new ArrayList<>();
            scenario.consumer("reader", "events", String.class, handled::add);
            scenario.service("outbox", life -> {
                life.poll("relay", () -> {
                    if (rows.isEmpty()) {
                        return false;
                    }
                    life.send("events", rows.remove(0));
                    return true;
                });
                return life;
            });
            scenario.settle();
            assertThat(handled).containsExactly("a", "b");
            assertThat(scenario.clock().instant()).isEqualTo(start);
            assertThat(scenario.history().of(WorkEvent.Polled.class)).hasSize(2);
        });
    }

    @Test
    void claimsAreCheckedAfterEachDelivery() {
        List<Integer> seen = new ArrayList<>();
        var outcome = ScenarioRunner.of(DUPLICATE).explore(scenario -> {
            seen.clear();
            scenario.consumer("stock", "levels", Integer.class, seen::add);
            scenario.always(() -> assertThat(seen.isEmpty() ? 0 : seen.get(seen.size() - 1))
                    .as("the level shown")
                    .isLessThan(2));
            scenario.channel("levels").send("l", 1);
            scenario.channel("levels").send("l", 2);
            scenario.channel("levels").send("l", 0);
            scenario.settle();
        });
        assertThat(Explored.token(outcome)).isEqualTo("1:");
        assertThat(seen).containsExactly(1, 2);
        assertThat(Explored.failed(outcome).cause()).hasMessageContaining("the level shown");
    }

    @Test
    void claimsAreCheckedAfterATimer() {
        var outcome = ScenarioRunner.of(DUPLICATE).explore(scenario -> {
            List<String> state = new ArrayList<>();
            scenario.service("shop", life -> {
                life.after(Duration.ofSeconds(1), () -> state.add("expired"));
                life.after(Duration.ofSeconds(2), state::clear);
                return life;
            });
            scenario.always(() -> assertThat(state).isEmpty());
            scenario.elapse(MINUTE);
        });
        assertThat(Explored.failed(outcome).cause()).hasMessageContaining("expired");
    }

    /** A claim may look through a service without being disturbed. */
    @Test
    void noFaultHappensInAClaimOrAReset() {
        Explored explored = Explored.of(
                scenario -> {
                    scenario.reset(() -> {});
                    var shop = scenario.service("shop", life -> life);
                    scenario.always(() -> shop.get().step("select"));
                    scenario.attempt(shop, life -> life.step("commit"));
                    scenario.settle();
                },
                ONE,
                CRASH);
        assertThat(explored.tokens())
                .containsExactly("1:", "1:crash(shop#1)", "1:crash(shop#1/commit)", "1:crash(quiet,shop)");
    }

    @Test
    void aClaimThatThrowsAnythingElseSaysSo() {
        var outcome = ScenarioRunner.of(CRASH).explore(scenario -> {
            var shop = scenario.service("shop", life -> life);
            scenario.always(() -> {
                throw new java.io.IOException("no connection");
            });
            scenario.attempt(shop, life -> {});
        });
        assertThat(Explored.failed(outcome).cause())
                .hasMessage("An action that no fault disturbs threw java.io.IOException: no connection.")
                .hasCauseInstanceOf(java.io.IOException.class);
    }
}
