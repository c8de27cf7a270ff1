package io.github.atleastonce.scenario;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.run.ServiceFailedException;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bounds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When all is quiet, what is not, and which tests prove nothing. */
class SettlingTests {

    private static final Bounds FEW = Bounds.DEFAULT
            .withMaxFaults(1)
            .withMaxRuns(100)
            .withTimeout(Duration.ofMinutes(1))
            .withSettleTimeout(Duration.ofSeconds(1))
            .withMaxDeliveries(50);

    private static Throwable failure(ScenarioRunner.Body body) {
        Outcome outcome = ScenarioRunner.of(DUPLICATE, CRASH).within(FEW).explore(body);
        assertThat(Explored.token(outcome)).isEqualTo("1:");
        return Explored.failed(outcome).cause();
    }

    @Test
    void sendsOnlyAppend() {
        Explored explored = Explored.of(
                scenario -> {
                    List<String> handled = new ArrayList<>();
                    scenario.consumer("shop", "orders", String.class, handled::add);
                    scenario.channel("orders").send("first");
                    assertThat(handled).isEmpty();
                    scenario.settle();
                    assertThat(handled).contains("first");
                    scenario.channel("orders").send("second");
                    assertThat(handled).doesNotContain("second");
                    scenario.settle();
                    assertThat(handled).contains("second");
                    assertThat(scenario.history().of(Event.Settled.class))
                            .extracting(Event.Settled::number)
                            .containsExactly(1, 2);
                },
                FEW,
                DUPLICATE,
                CRASH);
        assertThat(explored.claim()).startsWith("holds under every schedule with ≤ 1 fault (");
    }

    @Test
    void whatHandlersSendIsSettledToo() {
        Explored explored = Explored.of(
                scenario -> {
                    List<Integer> handled = new ArrayList<>();
                    scenario.service("countdown", life -> {
                        life.subscribe("numbers", Integer.class, number -> {
                            handled.add(number);
                            if (number > 0) {
                                life.send("numbers", number - 1);
                            }
                        });
                        return life;
                    });
                    scenario.channel("numbers").send(3);
                    scenario.settle();
                    assertThat(handled).contains(3, 2, 1, 0);
                },
                FEW,
                DUPLICATE,
                CRASH);
        assertThat(explored.claim()).startsWith("holds under every schedule with ≤ 1 fault (");
    }

    @Test
    void namesWhatNeverComesToRest() {
        assertThat(failure(scenario -> {
                    scenario.service("echo", life -> {
                        life.subscribe("sounds", String.class, sound -> life.send("sounds", "k", sound));
                        return life;
                    });
                    scenario.channel("sounds").send("k", "ho");
                    scenario.settle();
                }))
                .hasMessage("The scenario did not come to rest within maxDeliveries = 50; still moving: "
                        + "String(k) at sounds-0@51, not handled by echo.");
    }

    @Test
    void namesThePollerThatAlwaysFindsWork() {
        assertThat(failure(scenario -> {
                    scenario.service("outbox", life -> {
                        life.poll("relay", () -> true);
                        life.poll("idle", () -> false);
                        return life;
                    });
                    scenario.settle();
                }))
                .hasMessage("The scenario did not come to rest within maxDeliveries = 50; still moving: "
                        + "the poller 'relay' of 'outbox', which finds work again and again.");
    }

    @Test
    void namesTheTimerThatArmsItselfWithoutTimePassing() {
        assertThat(failure(scenario -> {
                    var shop = scenario.service("shop", life -> new Again(life));
                    scenario.attempt(shop, Again::arm);
                    scenario.elapse(Duration.ZERO);
                }))
                .hasMessage("The scenario did not come to rest within maxDeliveries = 50; still moving: "
                        + "a timer of 'shop' that fires again and again.");
    }

    private record Again(io.github.atleastonce.run.Life life) {

        void arm() {
            life.after(Duration.ZERO, this::arm);
        }
    }

    @Test
    void aHandlerThatKeepsThrowingFailsTheRun() {
        assertThat(failure(scenario -> {
                    scenario.consumer("shop", "orders", String.class, order -> {
                        throw new java.io.IOException("disk full");
                    });
                    scenario.channel("orders").send("o-1", "order");
                    scenario.settle();
                }))
                .isInstanceOf(ServiceFailedException.class)
                .hasMessage(
                        "'shop' threw 3 times (maxAttempts) for String(o-1), and 'orders' has no dead letter channel: "
                                + "java.io.IOException: disk full");
    }

    @Test
    void aHandlerThatThrowsGetsItsMessageAgain() {
        Explored explored = Explored.of(
                scenario -> {
                    List<String> tries = new ArrayList<>();
                    scenario.consumer("shop", "orders", String.class, order -> {
                        tries.add(order);
                        if (tries.size() % 3 != 0) {
                            throw new java.io.IOException("try again");
                        }
                    });
                    scenario.channel("orders").send("o-1", "first");
                    scenario.channel("orders").send("o-1", "second");
                    scenario.settle();
                    assertThat(tries)
                            .startsWith("first", "first", "first")
                            .containsSubsequence("second", "second", "second");
                },
                FEW,
                DUPLICATE);
        assertThat(explored.claim()).contains("≤ 1 fault");
    }

    /** Attempts are counted by the process that makes them: a death forgets them. */
    @Test
    void theNextLifeTriesAfresh() {
        Explored explored = Explored.of(
                scenario -> {
                    scenario.service("shop", life -> {
                        List<String> tries = new ArrayList<>();
                        life.subscribe("orders", String.class, order -> {
                            tries.add(order);
                            if (tries.size() < 3) {
                                throw new java.io.IOException("try again");
                            }
                        });
                        return life;
                    });
                    scenario.channel("orders").send("o-1", "order");
                    scenario.settle();
                },
                FEW,
                CRASH);
        assertThat(explored.claim()).isEqualTo("holds under every schedule with ≤ 1 fault (5 runs)");
    }

    @Test
    void aPollerThatThrowsFailsTheRun() {
        assertThat(failure(scenario -> {
                    scenario.service("outbox", life -> {
                        life.poll("relay", () -> {
                            throw new IllegalStateException("no table");
                        });
                        return life;
                    });
                    scenario.settle();
                }))
                .hasMessage("relay of outbox failed: java.lang.IllegalStateException: no table");
    }

    @Test
    void aBodyThatForgetsToSettleFails() {
        assertThat(failure(scenario -> {
                    scenario.consumer("shop", "orders", String.class, order -> {});
                    scenario.channel("orders").send("o-1", "order");
                }))
                .isInstanceOf(UsageException.class)
                .hasMessage("The test body ended with work pending: String(o-1) at orders-0@0, not handled by shop. "
                        + "Call scenario.settle() before asserting.");
    }

    @Test
    void aMessageWithoutASubscriberProvesNothing() {
        assertThat(failure(scenario -> {
                    scenario.consumer("shop", "orders", String.class, order -> {});
                    scenario.channel("orders").send("o-1", "order");
                    scenario.channel("ordres").send("o-1", "order");
                    scenario.settle();
                }))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "Nothing handled what the test sent to 'ordres': does a service subscribe to it, and is its "
                                + "listener on this broker?");
    }

    @Test
    void aMessageThatEverybodyLetsPassProvesNothing() {
        assertThat(failure(scenario -> {
                    scenario.consumer("shop", "orders", Integer.class, order -> {});
                    scenario.channel("orders").send("o-1", "order");
                    scenario.settle();
                }))
                .hasMessageStartingWith("Nothing handled what the test sent to 'orders'");
    }

    @Test
    void aBodyThatDoesNothingProvesNothing() {
        assertThat(failure(Scenario::settle))
                .hasMessage(
                        "The test sent nothing and attempted nothing, and no poller or timer of a service had anything to do, so there "
                                + "is nothing to disturb: send to a channel or use scenario.attempt.");
    }

    @Test
    void withoutAPlaceForAFaultNothingIsProved() {
        Outcome outcome = ScenarioRunner.of(io.github.atleastonce.schedule.Fault.REORDER)
                .explore(scenario -> {
                    scenario.consumer("shop", "orders", String.class, order -> {});
                    scenario.channel("orders").send("o-1", "order");
                    scenario.settle();
                });
        assertThat(Explored.failed(outcome).cause())
                .hasMessage(
                        "No fault point was met: none of [REORDER] had a place to happen, so the test would show nothing "
                                + "under them.");
    }

    @Test
    void aServiceThatNoLongerSubscribesLeavesWorkBehind() {
        Outcome outcome = ScenarioRunner.of(CRASH).explore(scenario -> {
            scenario.service("shop", life -> {
                if (life.number() == 1) {
                    life.subscribe("orders", String.class, order -> life.step("commit"));
                }
                return life;
            });
            scenario.channel("orders").send("o-1", "order");
            scenario.settle();
        });
        assertThat(Explored.token(outcome)).isEqualTo("1:crash(shop<orders[k1])");
        assertThat(Explored.failed(outcome).cause())
                .hasMessage(
                        "The test body ended with work pending: String(o-1) at orders-0@0, not handled by shop, which no "
                                + "longer subscribes to it. Call scenario.settle() before asserting.");
    }

    @Test
    void anAttemptOfTheOnlyServiceWantsExactlyOne() {
        assertThat(failure(scenario -> scenario.attempt(() -> {})))
                .hasMessage(
                        "attempt(action) wants exactly one service in the scenario, but there are 0: name the one that "
                                + "acts with attempt(service, action).");
    }

    @Test
    void everyServiceHasItsOwnName() {
        assertThat(failure(scenario -> {
                    scenario.service("shop", life -> life);
                    scenario.service("shop", life -> life);
                }))
                .hasMessage("There is a service 'shop' already: give each service of a scenario its own name.");
    }

    @Test
    void optionsComeBeforeUse() {
        assertThat(failure(scenario -> {
                    scenario.channel("orders").send("order");
                    scenario.channel("orders", ChannelOptions.partitions(2));
                }))
                .hasMessage("The channel 'orders' is in use already: declare its options first.");
        assertThat(failure(scenario -> scenario.channel("orders", ChannelOptions.partitions(0))))
                .hasMessage("A channel wants from 1 to 100000 partitions, but got 0.");
    }

    @Test
    void aServiceStaysOnTheThreadOfTheTest() {
        assertThat(failure(scenario -> {
                    List<Throwable> thrown = new ArrayList<>();
                    var shop = scenario.service("shop", life -> life);
                    scenario.attempt(shop, life -> {
                        Thread thread = new Thread(() -> life.step("commit"), "worker");
                        thread.setUncaughtExceptionHandler((worker, failure) -> thrown.add(failure));
                        thread.start();
                        thread.join();
                    });
                    throw (Exception) thrown.get(0);
                }))
                .hasMessageStartingWith(
                        "'shop' came to \"commit\" on a thread of its own, 'worker'. A run has only the test's thread, so that "
                                + "its schedules can be repeated");
    }

    @Test
    void onlyTheBodySettles() {
        String sentence =
                "settle() was called while it was settling already: call it from the body of the test, not from a "
                        + "handler, poller, timer or claim.";
        assertThat(failure(scenario -> {
                    scenario.consumer("shop", "orders", String.class, order -> scenario.settle());
                    scenario.channel("orders").send("o-1", "order");
                    scenario.settle();
                }))
                .hasMessage(sentence);
        assertThat(failure(scenario -> {
                    scenario.consumer("shop", "orders", String.class, order -> {});
                    scenario.always(scenario::settle);
                    scenario.channel("orders").send("o-1", "order");
                    scenario.settle();
                }))
                .hasMessage(sentence);
    }
}
