package io.github.atleastonce.scenario;

import static io.github.atleastonce.scenario.DerivationTests.claim;
import static io.github.atleastonce.scenario.DerivationTests.explore;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Claim;
import io.github.atleastonce.explore.Deriving;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.Settings;
import io.github.atleastonce.explore.Trial;
import io.github.atleastonce.schedule.Bounds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicStampedReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a state has to tell, and what is refused because none tells it. */
class DerivationLimitsTests {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** Something that lets two calls through, whatever it keeps that in. */
    enum Quota {
        SEMAPHORE(() -> new Semaphore(2)::tryAcquire),
        ARRAY(() -> {
            AtomicIntegerArray calls = new AtomicIntegerArray(1);
            return () -> calls.incrementAndGet(0) <= 2;
        }),
        STAMP(() -> {
            AtomicStampedReference<String> calls = new AtomicStampedReference<>("", 0);
            return () -> {
                calls.set("", calls.getStamp() + 1);
                return calls.getStamp() <= 2;
            };
        }),
        /** A logger by name alone. */
        AUDIT(() -> {
            AuditLogger calls = new AuditLogger();
            return () -> {
                calls.lines.add("call");
                return calls.lines.size() <= 2;
            };
        }),
        /** More than a map. */
        COUNTING_MAP(() -> {
            Bank calls = new Bank();
            return () -> ++calls.calls <= 2;
        }),
        FAILURE(() -> {
            List<RuntimeException> last = new ArrayList<>(List.of(new IllegalStateException("0")));
            return () -> {
                int call = Integer.parseInt(last.get(0).getMessage()) + 1;
                last.set(0, new IllegalStateException(Integer.toString(call)));
                return call <= 2;
            };
        }),
        PROXY(() -> {
            int[] calls = new int[1];
            return (BooleanSupplier) java.lang.reflect.Proxy.newProxyInstance(
                    Quota.class.getClassLoader(),
                    new Class<?>[] {BooleanSupplier.class},
                    (any, method, none) -> ++calls[0] <= 2);
        }),
        /** Something that nobody can look into. */
        ITERATOR(() -> {
            Iterator<String> calls = List.of("one", "two").iterator();
            return () -> {
                if (calls.hasNext()) {
                    calls.next();
                    return true;
                }
                return false;
            };
        }),
        FUTURE(() -> {
            CompletableFuture<String> first = new CompletableFuture<>();
            CompletableFuture<String> second = new CompletableFuture<>();
            return () -> first.complete("") || second.complete("");
        });

        private final Supplier<BooleanSupplier> made;

        Quota(Supplier<BooleanSupplier> made) {
            this.made = made;
        }
    }

    private static final class AuditLogger {
        final List<String> lines = new ArrayList<>();
    }

    private static final class Bank extends HashMap<String, String> {
        private static final long serialVersionUID = 1;
        int calls;
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatASecondCrashComesUpon(Quota kind) {
        ScenarioRunner.Body body = scenario -> {
            BooleanSupplier quota = kind.made.get();
            List<String> rows = new ArrayList<>();
            scenario.service("bank", life -> {
                life.subscribe("orders", String.class, order -> {
                    if (rows.contains(order) || !quota.getAsBoolean()) {
                        return;
                    }
                    life.step("charge");
                    life.step("insert", () -> rows.add(order));
                });
                return life;
            });
            scenario.channel("orders").send("o-1", "o-1");
            scenario.settle();
            assertThat(rows).hasSize(1);
        };
        Outcome derived = explore(body, 2, new Deriving(0, 0), CRASH);

        assertThat(Explored.token(derived)).isEqualTo(Explored.token(explore(body, 2, null, CRASH)));
    }

    @Test
    void tellsHowTablesAreDefined() {
        ScenarioRunner.Body body = scenario -> {
            JdbcDataSource db = new JdbcDataSource();
            db.setURL("jdbc:h2:mem:limits" + DATABASES.incrementAndGet() + ";DB_CLOSE_DELAY=-1");
            scenario.service("bank", life -> {
                DataSource own = life.dataSource(db);
                if (Rows.number(own, "SELECT count(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'BOOKED'")
                        == 0) {
                    Rows.execute(own, "CREATE TABLE booked (id VARCHAR)");
                    Rows.execute(own, "CREATE UNIQUE INDEX once ON booked (id)");
                }
                life.subscribe("orders", String.class, order -> {
                    try {
                        Rows.execute(own, "INSERT INTO booked VALUES ('" + order + "')");
                    } catch (IllegalStateException twice) {
                        // It is booked already.
                    }
                });
                return own;
            });
            scenario.channel("orders").send("o-1", "o-1");
            scenario.settle();
            assertThat(Rows.number(db, "SELECT count(*) FROM booked")).isEqualTo(1);
            Rows.execute(db, "SHUTDOWN");
        };

        assertThat(Explored.token(explore(body, 2, new Deriving(0, 0), CRASH)))
                .isEqualTo(Explored.token(explore(body, 2, null, CRASH)));
    }

    /** H2 does so by itself after some thousand changes, in the midst of an exploration. */
    @Test
    void whatADatabaseEstimatesIsNoState() {
        JdbcDataSource db = new JdbcDataSource();
        db.setURL("jdbc:h2:mem:estimates;DB_CLOSE_DELAY=-1");
        Rows.execute(db, "CREATE TABLE booked (id VARCHAR PRIMARY KEY)");
        int[] runs = new int[1];

        Outcome outcome = explore(
                scenario -> {
                    scenario.reset(() -> {
                        Rows.execute(db, "DELETE FROM booked");
                        Rows.execute(db, "ALTER TABLE booked ALTER COLUMN id SELECTIVITY " + ++runs[0] % 100);
                    });
                    scenario.service("bank", life -> {
                        DataSource own = life.dataSource(db);
                        life.subscribe(
                                "orders",
                                String.class,
                                order -> Rows.execute(own, "MERGE INTO booked VALUES ('" + order + "')"));
                        return own;
                    });
                    scenario.channel("orders").send("o-1", "o-1");
                    scenario.channel("orders").send("o-2", "o-2");
                    scenario.settle();
                    assertThat(Rows.number(db, "SELECT count(*) FROM booked")).isEqualTo(2);
                },
                2,
                new Deriving(1, 0),
                DUPLICATE,
                CRASH);

        assertThat(claim(outcome).toString())
                .doesNotContain("nothing was derived")
                .contains(" derived, ");
    }

    /** Elements that lead back to their set. */
    private static final class Listeners {
        final Set<Runnable> all = new HashSet<>();
        final Map<Object, Object> partners = new HashMap<>();
        final ReentrantLock lock = new ReentrantLock();
        final Thread thread = Thread.currentThread();

        Listeners() {
            all.add(this::one);
            all.add(this::two);
            all.forEach(each -> partners.put(each, this));
        }

        void one() {}

        void two() {}
    }

    @Test
    void readsElementsThatLeadBack() {
        ScenarioRunner.Body body = scenario -> {
            Listeners listeners = new Listeners();
            Deposits deposits = new Deposits();
            scenario.service("bank", life -> {
                life.subscribe("deposits", Deposits.Deposit.class, deposit -> {
                    listeners.all.forEach(Runnable::run);
                    deposits.addOnce(life, deposit);
                });
                return listeners;
            });
            scenario.channel("deposits").send("d-1", new Deposits.Deposit("d-1", 1));
            scenario.settle();
            assertThat(deposits.sum()).isEqualTo(1);
        };
        Claim claim = claim(explore(body, 2, new Deriving(1, 0), CRASH, REDELIVERY));

        assertThat(claim.without()).isNotNull();
        assertThat(claim.without().derived()).isPositive();
    }

    /** A collection that cannot be read now. */
    private static final class Lazy extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        @Override
        public Iterator<String> iterator() {
            throw new IllegalStateException("no session");
        }
    }

    @Test
    void refusesWhatCannotBeReadAndPasses() {
        assertThat(keeping(new Lazy()))
                .contains("nothing was derived, since no state tells what an object of " + Lazy.class.getName()
                        + " keeps (java.lang.IllegalStateException)");
        assertThat(keeping(Collections.nCopies(1_000_000_000, "x")))
                .contains("since no state tells so much memory as a service has");
        Object deep = null;
        for (int i = 0; i < 100_000; i++) {
            deep = new Object[] {deep};
        }
        assertThat(keeping(deep)).contains("since no state tells memory as deep as");
        ReentrantLock held = new ReentrantLock();
        held.lock();
        assertThat(keeping(held)).contains("what an object of java.util.concurrent.locks.ReentrantLock keeps");
        assertThat(keeping(new ThreadLocal<String>())).contains("what an object of java.lang.ThreadLocal keeps");
    }

    /** What survives a run, and no state tells. */
    private static final Set<String> STATIC = new HashSet<>();

    @ParameterizedTest
    @ValueSource(ints = {9, 12, 16, 20, 30, 60})
    void tellsAFailureThatAppearedWhenItWasChecked(int maxRuns) {
        ScenarioRunner.Body body = scenario -> {
            STATIC.clear();
            Deposits deposits = new Deposits();
            scenario.service("bank", life -> {
                life.subscribe("deposits", Deposits.Deposit.class, deposit -> {
                    life.step("look", () -> STATIC.add(life.isDead() + "" + STATIC.size()));
                    if (STATIC.size() < 4) {
                        deposits.addOnce(life, deposit);
                    }
                });
                return new Object();
            });
            scenario.channel("deposits").send("d-1", new Deposits.Deposit("d-1", 1));
            scenario.settle();
            assertThat(deposits.sum()).isEqualTo(1);
        };
        Bounds bounds = Bounds.DEFAULT.withMaxFaults(3).withRewind(1).withMaxRuns(maxRuns);
        Settings settings = Settings.explore(EnumSet.of(CRASH), bounds)
                .withUndelivered(Settings.mayPassUndelivered(Explored.COUNTED))
                .withDeriving(new Deriving(1, 0));
        Explored explored = Explored.of(body, settings);
        long begun =
                explored.trials().stream().filter(Trial.Kind.FAULT_FREE::equals).count();

        assertThat(explored.tokens()).hasSizeLessThanOrEqualTo(maxRuns + 1);
        assertThat(explored.outcome() instanceof Outcome.Failed)
                .as(explored.outcome().toString())
                .isEqualTo(begun > 1 && maxRuns > 12);
    }

    @Test
    void closesOnlyWhereAllOfTheLevelWasRun() {
        ScenarioRunner.Body body = scenario -> Deposits.threeMessages(scenario, new Deposits());
        Claim claim = claim(explore(body, 4, new Deriving(0, 0), CRASH, REDELIVERY));

        assertThat(claim.without().derived()).isGreaterThan(claim.runs() / 2);
        assertThat(claim.toString()).doesNotContain("no further behaviour");
        assertThat(claim(explore(body, 4, new Deriving(1, 0), CRASH, REDELIVERY))
                        .toString())
                .contains("no further behaviour");
        Claim small = claim(explore(
                scenario -> {
                    scenario.consumer("audit", "events", String.class, any -> {});
                    scenario.channel("events").send("e-1", "one");
                    scenario.settle();
                },
                3,
                new Deriving(0, 0),
                REDELIVERY));
        assertThat(small.toString()).contains("no further behaviour");
        assertThat(small.without().checked()).isPositive();
    }

    private static String keeping(Object kept) {
        ScenarioRunner.Body body = scenario -> {
            Deposits deposits = new Deposits();
            scenario.service("bank", life -> {
                life.subscribe("deposits", Deposits.Deposit.class, deposit -> deposits.addOnce(life, deposit));
                return kept;
            });
            scenario.channel("deposits").send("d-1", new Deposits.Deposit("d-1", 1));
            scenario.settle();
            assertThat(deposits.sum()).isEqualTo(1);
        };
        return claim(explore(body, 1, Deriving.USUAL, DUPLICATE, CRASH)).toString();
    }
}
