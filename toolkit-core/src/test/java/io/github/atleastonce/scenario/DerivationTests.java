package io.github.atleastonce.scenario;

import static io.github.atleastonce.schedule.Fault.CONCURRENT;
import static io.github.atleastonce.schedule.Fault.CONNECTION_LOST;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.REORDER;
import static io.github.atleastonce.schedule.Fault.SEND_FAILED;
import static io.github.atleastonce.schedule.Fault.SEND_UNCERTAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.channel.Ordering;
import io.github.atleastonce.check.Outbox;
import io.github.atleastonce.explore.Claim;
import io.github.atleastonce.explore.Deriving;
import io.github.atleastonce.explore.Effort;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.Settings;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Phaser;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Schedules that are derived from others: as many as there are, and none that ends otherwise. */
class DerivationTests {

    /** Everything that was derived is run all the same. */
    private static final Deriving ALL = new Deriving(1, 0);

    /** What survives a run, and no state tells. */
    private static final Set<String> STATIC = new HashSet<>();

    private static void threeMessages(Scenario scenario) {
        Deposits.threeMessages(scenario, new Deposits());
    }

    @ParameterizedTest
    @CsvSource({"1, 20", "2, 260", "3, 2915"})
    void countsAsManyAsThereAre(int faults, int schedules) {
        Claim claim = claim(explore(DerivationTests::threeMessages, faults, ALL, DUPLICATE, REDELIVERY, CRASH));

        assertThat(claim.runs()).isEqualTo(schedules);
        assertThat(without(claim).checked()).isEqualTo(without(claim).derived());
        assertThat(claim.remarks()).isEmpty();
    }

    @Test
    void saysWhatWasRunDerivedAndChecked() {
        Outcome outcome = explore(DerivationTests::threeMessages, 3, Deriving.USUAL, DUPLICATE, REDELIVERY, CRASH);

        assertThat(Explored.claim(outcome))
                .isEqualTo(
                        "holds under every schedule with ≤ 3 faults (2915: 421 run, 2494 derived, 114 of them checked)");
    }

    /** Bodies of all kinds that hold. */
    enum Sound {
        /** Two partitions, so that one message may go before another. */
        TWO_PARTITIONS(
                scenario -> {
                    Deposits deposits = new Deposits();
                    scenario.channel("deposits", ChannelOptions.partitions(2));
                    Deposits.threeMessages(scenario, deposits);
                },
                DUPLICATE,
                REDELIVERY,
                REORDER,
                DELAY,
                CRASH),
        /** No order at all. */
        NO_ORDER(
                scenario -> {
                    scenario.channel("deposits", ChannelOptions.DEFAULT.ordering(Ordering.NONE));
                    Deposits.threeMessages(scenario, new Deposits());
                },
                REORDER,
                DUPLICATE,
                DELAY),
        /** A relay that is ticked, and attempts that may be cut. */
        RELAY(DerivationTests::relay, CRASH, SEND_FAILED, SEND_UNCERTAIN, DUPLICATE),
        /** A handler that fails by a fault and is tried again. */
        RETRIES(DerivationTests::forwards, CRASH, SEND_FAILED, DELAY, REDELIVERY),
        /** A timer, and time that passes. */
        TIMER(DerivationTests::waits, CRASH, DELAY, DUPLICATE),
        /** Two things at once. */
        CONCURRENTLY(
                scenario -> {
                    Deposits deposits = new Deposits();
                    scenario.channel("deposits", ChannelOptions.partitions(2));
                    Deposits.threeMessages(scenario, deposits);
                },
                CONCURRENT,
                CRASH),
        /** A claim that remembers what it has seen. */
        CLAIM(
                scenario -> {
                    Deposits deposits = new Deposits();
                    int[] last = new int[1];
                    scenario.always(() -> {
                        assertThat(deposits.sum()).isGreaterThanOrEqualTo(last[0]);
                        last[0] = deposits.sum();
                    });
                    Deposits.threeMessages(scenario, deposits);
                },
                DUPLICATE,
                REDELIVERY,
                CRASH),
        /** A service that asks for the time. */
        CLOCK(
                scenario -> {
                    Map<String, Instant> booked = new TreeMap<>();
                    deposits(
                            scenario,
                            (life, deposit) -> life.step(
                                    "commit",
                                    () -> booked.putIfAbsent(
                                            deposit.id(), life.clock().instant())),
                            2);
                    assertThat(booked).hasSize(2);
                },
                DELAY,
                CRASH),
        /** A database, in which ids are counted. */
        SQL(DerivationTests::sql, DUPLICATE, CRASH, CONNECTION_LOST),
        /** A test that looks at what was sent, copies included. */
        OUTBOX(
                scenario -> {
                    List<String> orders = new ArrayList<>();
                    var shop = scenario.service("shop", life -> {
                        life.poll("relay", () -> false);
                        Supplier<Life> front = () -> life;
                        return front;
                    });
                    scenario.attempt(shop, present -> {
                        present.get().send("events", "one", "one");
                        present.get().step("insert", () -> orders.add("one"));
                    });
                    scenario.settle();
                    assertThat(Outbox.of(scenario, "events"))
                            .publishesEveryCommitted(() -> orders, (String event) -> event);
                },
                DUPLICATE,
                CRASH),
        /** A body that goes on by what it has seen. */
        IN_TURN(
                scenario -> {
                    Deposits deposits = new Deposits();
                    Deposits.threeMessages(scenario, deposits);
                    int sum = deposits.sum();
                    scenario.channel("deposits").send("d-4", new Deposits.Deposit("d-4", sum));
                    scenario.settle();
                    assertThat(deposits.sum()).isEqualTo(2 * sum);
                },
                DUPLICATE,
                CRASH);

        private final ScenarioRunner.Body body;
        private final Fault first;
        private final Fault[] others;

        Sound(ScenarioRunner.Body body, Fault first, Fault... others) {
            this.body = body;
            this.first = first;
            this.others = others;
        }

        Outcome explore(int faults, Deriving how) {
            return DerivationTests.explore(body, faults, how, first, others);
        }
    }

    @ParameterizedTest
    @EnumSource
    void holdsOfAllWhatWasDerived(Sound sound) {
        Claim plain = claim(sound.explore(2, null));
        Claim derived = claim(sound.explore(2, ALL));

        assertThat(derived.remarks()).isEqualTo(plain.remarks());
        assertThat(derived.runs()).isEqualTo(plain.runs());
        assertThat(derived.absent()).isEqualTo(plain.absent());
        assertThat(without(derived).derived()).isPositive();
    }

    /** Bodies that fail, each with as many faults as it takes. */
    enum Unsound {
        /** By one fault. */
        ADDS_EACH(scenario -> deposits(scenario, Deposits::addEach, 3), DUPLICATE, REDELIVERY, CRASH),
        /** By two faults: the second duplicate, in one life. */
        THIRD_TIME(
                scenario -> {
                    Deposits deposits = new Deposits();
                    scenario.service("bank", life -> {
                        List<String> memory = new ArrayList<>();
                        life.subscribe(
                                "deposits",
                                Deposits.Deposit.class,
                                deposit -> life.step("commit", () -> {
                                    memory.add(deposit.id());
                                    if (memory.stream()
                                                            .filter(deposit.id()::equals)
                                                            .count()
                                                    > 2
                                            || deposits.seen.add(deposit.id())) {
                                        deposits.add(deposit);
                                    }
                                }));
                        return life;
                    });
                    sends(scenario, 2);
                    assertThat(deposits.sum()).isEqualTo(3);
                },
                DUPLICATE,
                CRASH),
        /** By two faults: a crash, and a copy in the life after it. */
        FORGETS(
                scenario -> {
                    Deposits deposits = new Deposits();
                    scenario.service("bank", life -> {
                        Set<String> memory = new HashSet<>(deposits.seen);
                        boolean again = !deposits.seen.isEmpty();
                        life.subscribe(
                                "deposits",
                                Deposits.Deposit.class,
                                deposit -> life.step("commit", () -> {
                                    if (memory.add(deposit.id()) || again && deposits.isLast(deposit)) {
                                        deposits.seen.add(deposit.id());
                                        deposits.add(deposit);
                                    }
                                }));
                        return life;
                    });
                    sends(scenario, 2);
                    assertThat(deposits.sum()).isEqualTo(3);
                },
                DUPLICATE,
                CRASH);

        private final ScenarioRunner.Body body;
        private final Fault first;
        private final Fault[] others;

        Unsound(ScenarioRunner.Body body, Fault first, Fault... others) {
            this.body = body;
            this.first = first;
            this.others = others;
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsTheSameFailureFirst(Unsound unsound) {
        Outcome plain = explore(unsound.body, 3, null, unsound.first, unsound.others);
        Outcome derived = explore(unsound.body, 3, Deriving.USUAL, unsound.first, unsound.others);

        assertThat(Explored.token(derived)).isEqualTo(Explored.token(plain));
    }

    /** What is said of the way to a failure counts as many schedules as without. */
    @ParameterizedTest
    @EnumSource
    void countsWhatWasDerivedBeforeTheFailure(Unsound unsound) {
        Effort.Searched plain = effort(explore(unsound.body, 3, null, unsound.first, unsound.others));
        Effort.Searched derived = effort(explore(unsound.body, 3, Deriving.USUAL, unsound.first, unsound.others));

        assertThat(derived.smaller() + derived.derived()).isEqualTo(plain.smaller());
        assertThat(derived.schedules()).isEqualTo(plain.schedules());
        assertThat(plain.derived()).isZero();
    }

    private static Effort.Searched effort(Outcome outcome) {
        return (Effort.Searched) ((Outcome.Failed) outcome).effort();
    }

    @Test
    void runsEverythingWhereAStaticFieldRemembers() {
        ScenarioRunner.Body body = scenario -> {
            STATIC.clear();
            Deposits deposits = new Deposits();
            deposits(
                    scenario,
                    (life, deposit) -> {
                        STATIC.add(deposit.id() + STATIC.size());
                        if (STATIC.size() > 2) {
                            life.step("notice");
                        }
                        deposits.addOnce(life, deposit);
                    },
                    2);
        };
        Claim plain = claim(explore(body, 2, null, DUPLICATE, CRASH));
        Claim derived = claim(explore(body, 2, Deriving.USUAL, DUPLICATE, CRASH));

        assertThat(derived.toString())
                .contains("nothing was derived, since something is in no state (a cache in memory?): ")
                .contains("(" + plain.runs() + " runs)");
        assertThat(derived.without()).isNull();
    }

    @Test
    void findsByRunningEverythingWhatAStaticFieldHides() {
        // After two crashes the third delivery is lost; no state tells how many there were.
        ScenarioRunner.Body body = scenario -> {
            STATIC.clear();
            Deposits deposits = new Deposits();
            deposits(
                    scenario,
                    (life, deposit) -> {
                        life.step("look", () -> STATIC.add(life.isDead() + "" + STATIC.size()));
                        if (STATIC.size() < 4) {
                            deposits.addOnce(life, deposit);
                        }
                    },
                    1);
            assertThat(deposits.sum()).isEqualTo(1);
        };

        assertThat(Explored.token(explore(body, 3, ALL, CRASH)))
                .isEqualTo(Explored.token(explore(body, 3, null, CRASH)));
    }

    @Test
    void closesWhereNoStateIsNew() {
        Claim claim = claim(explore(DerivationTests::threeMessages, 4, ALL, REDELIVERY, CRASH));

        assertThat(claim.toString()).contains("; no further behaviour at any number of faults");
        for (int faults = 2; faults <= 4; faults++) {
            Claim more = claim(explore(DerivationTests::threeMessages, faults, ALL, REDELIVERY, CRASH));
            assertThat(more.runs())
                    .isEqualTo(claim(explore(DerivationTests::threeMessages, faults, null, REDELIVERY, CRASH))
                            .runs());
        }
    }

    @Test
    void doesNotCloseWhereSomethingGrows() {
        ScenarioRunner.Body body = scenario -> {
            List<String> log = new ArrayList<>();
            scenario.service("bank", life -> {
                life.subscribe(
                        "deposits", Deposits.Deposit.class, deposit -> life.step("log", () -> log.add(deposit.id())));
                return life;
            });
            sends(scenario, 1);
        };

        assertThat(claim(explore(body, 3, ALL, REDELIVERY, CRASH)).toString()).doesNotContain("no further behaviour");
    }

    @Test
    void derivesNothingFromWhatItCannotSee() {
        assertThat(refused(scenario -> {
                    threeMessages(scenario);
                    assertThat(scenario.history().events()).isNotEmpty();
                }))
                .contains("nothing was derived, since no state tells scenario.history()");
        assertThat(refused(scenario -> deposits(scenario, (life, deposit) -> life.step("of life " + life.number()), 1)))
                .contains("since no state tells life.number()");
        assertThat(refused(scenario -> {
                    Random random = new Random(0);
                    deposits(scenario, (life, deposit) -> life.step("commit", () -> random.nextInt()), 1);
                }))
                .contains("since no state tells what an object of java.util.Random keeps");
        assertThat(refused(scenario -> {
                    threeMessages(scenario);
                    scenario.consumer("audit", "deposits", Deposits.Deposit.class, deposit -> {});
                    scenario.settle();
                }))
                .contains("since no state tells a subscription to 'deposits' that comes late");
        assertThat(refused(scenario -> {
                    List<String> lazy = new ArrayList<>(List.of("x")) {
                        @Override
                        public Iterator<String> iterator() {
                            throw new IllegalStateException("no session");
                        }
                    };
                    deposits(scenario, (life, deposit) -> life.step("commit", lazy::size), 1);
                }))
                .contains("since no state tells what an object of ")
                .contains(" keeps (java.lang.IllegalStateException)");
        assertThat(refused(scenario -> {
                    Phaser phaser = new Phaser(3);
                    deposits(scenario, (life, deposit) -> life.step("commit", phaser::getPhase), 1);
                }))
                .contains("since no state tells what an object of java.util.concurrent.Phaser keeps");
        assertThat(refused(scenario -> {
                    scenario.nodes("bank", 2, life -> {
                        life.subscribe("deposits", Deposits.Deposit.class, deposit -> life.step("commit"));
                        return new Object();
                    });
                    sends(scenario, 1);
                }))
                .contains("since no state tells what the room 'node' keeps");
    }

    @Test
    void shardsAndInterleavingsAreRunAsTheyAre() {
        Settings settings = settings(2, Deriving.USUAL, DUPLICATE, CRASH);
        Outcome shard = Explored.of(DerivationTests::threeMessages, settings.withShard(new Shard(1, 2)))
                .outcome();

        assertThat(claim(shard).toString())
                .contains("nothing was derived, since a shard does not know what others have run");
        Settings interleaved = Settings.explore(
                        EnumSet.of(CONCURRENT), Bounds.DEFAULT.withMaxFaults(1).withEveryInterleaving())
                .withUndelivered(Settings.mayPassUndelivered(Explored.COUNTED))
                .withDeriving(Deriving.USUAL);
        assertThat(claim(Explored.of(DerivationTests::threeMessages, interleaved)
                                .outcome())
                        .toString())
                .contains("nothing was derived, since every interleaving is run");
    }

    @Test
    void aBoundCountsWhatIsRun() {
        Settings settings = Settings.explore(
                        EnumSet.of(DUPLICATE, REDELIVERY, CRASH),
                        Bounds.DEFAULT.withMaxFaults(3).withRewind(1).withMaxRuns(300))
                .withUndelivered(Settings.mayPassUndelivered(Explored.COUNTED))
                .withDeriving(Deriving.USUAL);

        assertThat(Explored.reason(
                        Explored.of(DerivationTests::threeMessages, settings).outcome()))
                .contains(
                        "holds under every schedule with ≤ 2 faults (260: 130 run, 130 derived, 7 of them checked); beyond, ")
                .contains("stopped by maxRuns = 300");
    }

    @Test
    void derivesNothingFromWhatIsAnotherInEachRun() {
        ScenarioRunner.Body body = scenario -> {
            Map<String, UUID> numbers = new HashMap<>();
            deposits(
                    scenario,
                    (life, deposit) -> life.step("commit", () -> numbers.putIfAbsent(deposit.id(), UUID.randomUUID())),
                    2);
            assertThat(numbers).hasSize(2);
        };

        assertThat(refused(body)).contains("nothing was derived, since runs without faults leave different states");
    }

    private static String refused(ScenarioRunner.Body body) {
        return claim(explore(body, 1, Deriving.USUAL, REDELIVERY, CRASH)).toString();
    }

    /** Handles a deposit in a life. */
    private interface Handling {
        void on(Life life, Deposits.Deposit deposit);
    }

    private static void deposits(Scenario scenario, EachHandling handling, int messages) {
        Deposits deposits = new Deposits();
        deposits(scenario, (life, deposit) -> handling.on(deposits, life, deposit), messages);
        assertThat(deposits.sum()).isEqualTo(messages * (messages + 1) / 2);
    }

    /** Handles a deposit in a life, with a store. */
    private interface EachHandling {
        void on(Deposits deposits, Life life, Deposits.Deposit deposit);
    }

    private static void deposits(Scenario scenario, Handling handling, int messages) {
        scenario.service("bank", life -> {
            life.subscribe("deposits", Deposits.Deposit.class, deposit -> handling.on(life, deposit));
            return new Object();
        });
        sends(scenario, messages);
    }

    private static void sends(Scenario scenario, int messages) {
        for (int i = 1; i <= messages; i++) {
            scenario.channel("deposits").send("d-" + i, new Deposits.Deposit("d-" + i, i));
        }
        scenario.settle();
    }

    private static void sql(Scenario scenario) {
        JdbcDataSource db = new JdbcDataSource();
        db.setURL("jdbc:h2:mem:derivation;DB_CLOSE_DELAY=-1");
        scenario.reset(
                () -> Rows.execute(
                        db,
                        "DROP TABLE IF EXISTS booked; CREATE TABLE booked (number INT AUTO_INCREMENT, id VARCHAR UNIQUE, amount INT)"));
        scenario.service("bank", life -> {
            DataSource own = life.dataSource(db);
            life.subscribe(
                    "deposits",
                    Deposits.Deposit.class,
                    deposit -> Rows.execute(
                            own,
                            "INSERT INTO booked (id, amount) SELECT '" + deposit.id() + "', " + deposit.amount()
                                    + " WHERE NOT EXISTS (SELECT 1 FROM booked WHERE id = '" + deposit.id() + "')"));
            return own;
        });
        sends(scenario, 2);
        assertThat(Rows.number(db, "SELECT sum(amount) FROM booked")).isEqualTo(3);
    }

    private static void relay(Scenario scenario) {
        List<String> rows = new ArrayList<>();
        Set<String> arrived = new HashSet<>();
        scenario.consumer("audit", "events", String.class, arrived::add);
        var shop = scenario.service("shop", life -> {
            life.poll("relay", () -> {
                if (rows.isEmpty()) {
                    return false;
                }
                life.send("events", "e", rows.get(0));
                life.step("delete", () -> rows.remove(0));
                return true;
            });
            Supplier<Life> front = () -> life;
            return front;
        });
        scenario.attempt(shop, present -> present.get().step("insert", () -> rows.add("one")));
        scenario.attempt(shop, present -> present.get().step("insert", () -> rows.add("two")));
        scenario.settle();
        assertThat(rows).isEmpty();
        assertThat(arrived.size()).isLessThanOrEqualTo(2);
    }

    private static void forwards(Scenario scenario) {
        Set<String> arrived = new HashSet<>();
        scenario.consumer("audit", "events", String.class, arrived::add);
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> life.send("events", order, order));
            return life;
        });
        scenario.channel("orders").send("o-1", "one");
        scenario.channel("orders").send("o-2", "two");
        scenario.settle();
        assertThat(arrived).hasSize(2);
    }

    private static void waits(Scenario scenario) {
        Set<String> due = new HashSet<>();
        Set<String> open = new HashSet<>();
        scenario.service("shop", life -> {
            open.forEach(order -> life.after(Duration.ofMinutes(5), () -> life.step("expire", () -> due.add(order))));
            life.subscribe("orders", String.class, order -> {
                life.step("insert", () -> open.add(order));
                life.after(Duration.ofMinutes(5), () -> life.step("expire", () -> due.add(order)));
            });
            return life;
        });
        scenario.channel("orders").send("o-1", "one");
        scenario.channel("orders").send("o-2", "two");
        scenario.settle();
        scenario.elapse(Duration.ofHours(1));
        scenario.settle();
        assertThat(due).isEqualTo(open);
    }

    private static Claim.Without without(Claim claim) {
        assertThat(claim.without()).isNotNull();
        return claim.without();
    }

    static Settings settings(int faults, Deriving how, Fault first, Fault... others) {
        Bounds bounds = Bounds.DEFAULT.withMaxFaults(faults).withRewind(1);
        return Settings.explore(EnumSet.of(first, others), bounds)
                .withUndelivered(Settings.mayPassUndelivered(Explored.COUNTED))
                .withDeriving(how);
    }

    static Outcome explore(ScenarioRunner.Body body, int faults, Deriving how, Fault first, Fault... others) {
        return Explored.of(body, settings(faults, how, first, others)).outcome();
    }

    static Claim claim(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        return ((Outcome.Passed) outcome).claim();
    }
}
