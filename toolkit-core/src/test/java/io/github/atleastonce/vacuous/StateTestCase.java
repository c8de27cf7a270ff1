package io.github.atleastonce.vacuous;

import static io.github.atleastonce.vacuous.Way.Room.IN_MEMORY;
import static io.github.atleastonce.vacuous.Way.way;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.junit.AtLeastOnceTest;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** State that outlives what it should not, and tests that are not made for faults. */
class StateTestCase {

    private static final Set<String> SEEN = new HashSet<>();
    private static final Set<String> RANDOM = new HashSet<>();

    private final Set<String> field = new HashSet<>();

    static Stream<Way> ways() {
        return Stream.of(
                of("S1", "A static of the service remembers what earlier runs have handled", "staticMemory")
                        .fails("state outlives a run")
                        .today(),
                of(
                                "S2",
                                "A static of the service remembers across a crash, and each run has ids of its own",
                                "staticOfEachRun")
                        .invisible("statics survive, since the JVM does"),
                of("S3", "A field of the test is the service's memory", "fieldOfTheTest")
                        .invisible("what stands outside of the boot stands for a database"),
                of("S4", "scenario.consumer: its memory outlives its crashes", "consumer")
                        .says("no boot")
                        .today(),
                of("S5", "The boot returns the same object for each life", "sameObject")
                        .says("the same object twice")
                        .today(),
                of("S6", "The handler has no step: it dies between messages only", "noStep")
                        .says("no step")
                        .today(),
                of("S7", "The handler's only step comes before its work", "stepTooEarly")
                        .invisible("what is done between two steps is as good as atomic"),
                way("S8", IN_MEMORY, "One instance of the class for all schedules", PerClassTestCase.class, null)
                        .fails("PER_CLASS")
                        .today(),
                way("S9", IN_MEMORY, "A fault test without a Scenario", NoScenarioTestCase.class, null)
                        .fails("there is nothing to disturb")
                        .today(),
                way("S10", IN_MEMORY, "A fault test that is a @Test, too", TwiceTestCase.class, null)
                        .fails("leave one of them")
                        .today(),
                way(
                                "S11",
                                IN_MEMORY,
                                "A time-out that moves the body to another thread",
                                OtherThreadTestCase.class,
                                null)
                        .fails("SEPARATE_THREAD")
                        .today(),
                way("S12", IN_MEMORY, "A fault test that is private", PrivateTestCase.class, null)
                        .shows("JUnit's log names the method, and the build stays green", seen -> seen.says("hidden"))
                        .today(),
                of("S13", "The handler asks for settle(), is refused, and swallows that", "swallowsRefusal")
                        .fails("settle() was called while it was settling")
                        .today(),
                of("S14", "The body boots two services of one name, and swallows the refusal", "swallowsSecondService")
                        .fails("There is a service 'shop' already")
                        .today(),
                of("S15", "A handler that tries again whatever happens never ends in its dead life", "neverEnds")
                        .says("does not end")
                        .today(),
                of("S16", "The JVM dies in a handler: no token is left", "outOfMemory")
                        .shows(
                                "the schedule that was being run, in a file",
                                seen -> seen.files().stream().anyMatch(file -> file.contains("1:crash(")))
                        .today(),
                of("S17", "One service calls another: the other is never cut in there", "directCall")
                        .says("not cut")
                        .today(),
                of("S18", "The service is a double that the test has written itself", "testDouble")
                        .invisible("which object is the real one, only its author knows"),
                of("S19", "The boots of two nodes return the same object", "sharedMemory")
                        .says("may share their memory")
                        .today(),
                of("S20", "A node's lease lasts longer than a PAUSE does", "longLease")
                        .invisible("how long a lease lasts, only its author knows; a pause takes `delay`"),
                of("S21", "The next release of the service never starts", "neverReleased")
                        .says("the next release of 'shop' never started")
                        .today());
    }

    private static Way.Draft of(String id, String does, String method) {
        return way(id, IN_MEMORY, does, StateTestCase.class, method);
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void staticMemory(Scenario scenario) {
        List<String> booked = new ArrayList<>();
        scenario.consumer("shop", "orders", String.class, order -> {
            if (SEEN.add(order)) {
                booked.add(order);
            }
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(booked).containsExactly("o-1");
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1, mayPassUndelivered = "the order is lost under each crash")
    void staticOfEachRun(Scenario scenario) {
        List<String> booked = new ArrayList<>();
        String run = UUID.randomUUID().toString();
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> {
                if (RANDOM.add(run + order)) {
                    life.step("insert", () -> booked.add(order));
                }
            });
            return life;
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(booked).hasSizeLessThanOrEqualTo(1);
    }

    @FaultTest(faults = Fault.REDELIVERY, maxFaults = 1)
    void fieldOfTheTest(Scenario scenario) {
        List<String> booked = new ArrayList<>();
        scenario.consumer("shop", "orders", String.class, order -> {
            if (field.add(order)) {
                booked.add(order);
            }
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(booked).containsExactly("o-1");
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void consumer(Scenario scenario) {
        List<String> booked = new ArrayList<>();
        Set<String> cache = new HashSet<>();
        scenario.consumer("shop", "orders", String.class, order -> {
            if (cache.add(order)) {
                booked.add(order);
            }
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(booked).containsExactly("o-1");
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void sameObject(Scenario scenario) {
        Set<String> shop = new HashSet<>();
        List<String> booked = new ArrayList<>();
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> {
                if (shop.add(order)) {
                    booked.add(order);
                    life.step("insert");
                }
            });
            return shop;
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(booked).containsExactly("o-1");
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void sharedMemory(Scenario scenario) {
        Set<String> shop = new HashSet<>();
        scenario.channel("orders", ChannelOptions.partitions(2));
        scenario.nodes("shop", 2, life -> {
            life.subscribe("orders", String.class, order -> life.step("insert", () -> shop.add(order)));
            return shop;
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(shop).containsExactly("o-1");
    }

    @FaultTest(faults = Fault.PAUSE, maxFaults = 1)
    void longLease(Scenario scenario) {
        List<String> booked = new ArrayList<>();
        Map<String, Instant> lease = new HashMap<>();
        scenario.nodes("shop", 2, life -> {
            life.poll("books", () -> {
                Instant now = life.clock().instant();
                if (!booked.isEmpty() || lease.getOrDefault("until", now).isAfter(now)) {
                    return false;
                }
                life.step("lease", () -> lease.put("until", now.plus(Duration.ofHours(1))));
                life.step("insert", () -> booked.add("o-1"));
                return true;
            });
            return life;
        });
        scenario.settle();
        assertThat(booked).containsExactly("o-1");
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void neverReleased(Scenario scenario) {
        Set<String> placed = new HashSet<>();
        scenario.service("shop", life -> placing(life, placed)).thenAs(life -> placing(life, new HashSet<>()));
        Books.order(scenario);
        scenario.settle();
        assertThat(placed).containsExactly("o-1");
    }

    private static Life placing(Life life, Set<String> placed) {
        life.subscribe("orders", String.class, order -> life.step("insert", () -> placed.add(order)));
        return life;
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void noStep(Scenario scenario) {
        List<String> placed = new ArrayList<>();
        List<String> outbox = new ArrayList<>();
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> {
                if (!placed.contains(order)) {
                    placed.add(order);
                    outbox.add(order);
                }
            });
            return life;
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(outbox).isEqualTo(placed).isNotEmpty();
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void stepTooEarly(Scenario scenario) {
        List<String> placed = new ArrayList<>();
        List<String> outbox = new ArrayList<>();
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> {
                life.step("select");
                if (!placed.contains(order)) {
                    placed.add(order);
                    outbox.add(order);
                }
            });
            return life;
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(outbox).isEqualTo(placed).isNotEmpty();
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void swallowsRefusal(Scenario scenario) {
        Set<String> booked = new HashSet<>();
        scenario.consumer("shop", "orders", String.class, order -> {
            try {
                booked.add(order);
                scenario.settle();
            } catch (RuntimeException logged) {
                assertThat((Object) logged).isNotNull();
            }
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(booked).containsExactly("o-1");
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void swallowsSecondService(Scenario scenario) {
        Set<String> booked = new HashSet<>();
        scenario.consumer("shop", "orders", String.class, booked::add);
        try {
            scenario.consumer("shop", "refunds", String.class, booked::remove);
        } catch (RuntimeException logged) {
            assertThat((Object) logged).isNotNull();
        }
        Books.order(scenario);
        scenario.settle();
        assertThat(booked).containsExactly("o-1");
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void neverEnds(Scenario scenario) {
        Set<String> booked = new HashSet<>();
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> {
                for (int turn = 1; ; turn++) {
                    try {
                        life.step("insert", () -> booked.add(order));
                        return;
                    } catch (Throwable tryAgain) {
                        // The brake is the fixture's: without it nothing would end.
                        if (turn == 10_000) {
                            throw tryAgain;
                        }
                    }
                }
            });
            return life;
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(booked).containsExactly("o-1");
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void outOfMemory(Scenario scenario) {
        Set<String> booked = new HashSet<>();
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> {
                if (life.number() > 1) {
                    throw new OutOfMemoryError("as if");
                }
                life.step("insert", () -> booked.add(order));
            });
            return life;
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(booked).containsExactly("o-1");
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void directCall(Scenario scenario) {
        Set<String> booked = new HashSet<>();
        Set<String> priced = new HashSet<>();
        var prices = scenario.service("prices", life -> life);
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> {
                prices.get().step("insert", () -> priced.add(order));
                life.step("insert", () -> booked.add(order));
            });
            return life;
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(booked).isEqualTo(priced).isNotEmpty();
    }

    @AtLeastOnceTest(maxFaults = 1)
    void testDouble(Scenario scenario) {
        Set<String> booked = new HashSet<>();
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> life.step("insert", () -> booked.add(order)));
            return life;
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(booked).containsExactly("o-1");
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class PerClassTestCase {

        @FaultTest
        void test(Scenario scenario) {
            Books.ordered(scenario);
        }
    }

    static class NoScenarioTestCase {

        @FaultTest
        void test() {}
    }

    static class TwiceTestCase {

        @Test
        @FaultTest
        void test(Scenario scenario) {}
    }

    static class OtherThreadTestCase {

        @FaultTest(faults = Fault.DUPLICATE)
        @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void test(Scenario scenario) {
            List<String> booked = Books.ordered(scenario);
            scenario.settle();
            assertThat(booked).isNotEmpty();
        }
    }

    static class PrivateTestCase {

        @FaultTest
        private void hidden(Scenario scenario) {
            List<String> booked = Books.ordered(scenario);
            scenario.settle();
            assertThat(booked).containsExactly("o-1");
        }
    }
}
