package io.github.atleastonce.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.channel.Ordering;
import io.github.atleastonce.explore.Deriving;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.Settings;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Service;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs whatever was derived, over services that are put together by chance and are right, until so many schedules were run as {@code -Dderivations=} says: each
 * must end as was derived.
 */
@Tag("long")
class ManyDerivationsTests {

    private static final long WANTED = Long.getLong("derivations", 10_000);
    private static final Fault[] FAULTS = {
        Fault.DUPLICATE,
        Fault.REDELIVERY,
        Fault.REORDER,
        Fault.DELAY,
        Fault.CRASH,
        Fault.SEND_FAILED,
        Fault.SEND_UNCERTAIN,
        Fault.CONCURRENT,
        Fault.POISON,
        Fault.CONNECTION_LOST
    };

    /** Whatever a body does, by chance. */
    private record Chance(
            int messages,
            int keys,
            int partitions,
            boolean ordered,
            boolean puts,
            boolean relays,
            boolean waits,
            boolean claims,
            boolean attempts,
            boolean sql,
            int settles) {

        static Chance of(Random random) {
            return new Chance(
                    1 + random.nextInt(3),
                    1 + random.nextInt(3),
                    1 + random.nextInt(2),
                    random.nextInt(4) > 0,
                    random.nextInt(4) == 0,
                    random.nextInt(3) == 0,
                    random.nextInt(4) == 0,
                    random.nextInt(4) == 0,
                    random.nextInt(3) == 0,
                    random.nextInt(8) == 0,
                    1 + random.nextInt(2));
        }

        void perform(Scenario scenario, JdbcDataSource db) {
            ChannelOptions options = ChannelOptions.partitions(partitions);
            options = ordered ? options : options.ordering(Ordering.NONE);
            scenario.channel("orders", puts ? options.deadLetter("dead") : options);
            Store store = new Store();
            if (sql) {
                scenario.reset(() -> Rows.execute(db, "DELETE FROM booked"));
            }
            if (claims) {
                int[] last = new int[1];
                scenario.always(() -> {
                    assertThat(store.rows.size()).isGreaterThanOrEqualTo(last[0]);
                    last[0] = store.rows.size();
                });
            }
            scenario.consumer("audit", "events", String.class, event -> store.heard.add(event));
            Service<Shop> shop = scenario.service("shop", life -> new Shop(life, store, sql ? db : null, this));
            for (int settle = 0; settle < settles; settle++) {
                for (int i = 1; i <= messages; i++) {
                    int number = settle * messages + i;
                    scenario.channel("orders").send("k-" + number % keys, "o-" + number);
                }
                scenario.settle();
                if (attempts) {
                    int number = settle;
                    scenario.attempt(shop, present -> present.on("a-" + number));
                }
                if (waits) {
                    scenario.elapse(Duration.ofMinutes(10));
                }
                scenario.settle();
            }
            assertThat(store.rows.keySet())
                    .as("%s", this)
                    .filteredOn(row -> row.startsWith("o-"))
                    .hasSize(messages * settles);
        }
    }

    /** What outlives a crash. */
    private static final class Store {
        final Map<String, Integer> rows = new LinkedHashMap<>();
        final List<String> outbox = new ArrayList<>();
        final Set<String> heard = new HashSet<>();
    }

    /** Books each order once. */
    private static final class Shop {
        private final Life life;
        private final Store store;
        private final javax.sql.DataSource db;
        private final Chance chance;

        Shop(Life life, Store store, JdbcDataSource bare, Chance chance) {
            this.life = life;
            this.store = store;
            this.chance = chance;
            this.db = bare == null ? null : life.dataSource(bare);
            life.subscribe("orders", String.class, this::on);
            if (chance.relays()) {
                life.poll("relay", this::relay);
            }
        }

        void on(String order) {
            if (db != null) {
                Rows.execute(db, "MERGE INTO booked KEY (id) VALUES ('" + order + "')");
            }
            life.step("book", () -> {
                if (store.rows.putIfAbsent(order, store.rows.size()) == null && chance.relays()) {
                    store.outbox.add(order);
                }
            });
            if (chance.waits()) {
                life.after(Duration.ofMinutes(5), () -> life.step("expire", () -> store.heard.add("late " + order)));
            }
            if (!chance.relays()) {
                life.send("events", order, order);
            }
        }

        private boolean relay() {
            if (store.outbox.isEmpty()) {
                return false;
            }
            life.send("events", store.outbox.get(0), store.outbox.get(0));
            life.step("sent", () -> store.outbox.remove(0));
            return true;
        }
    }

    @Test
    void endAsDerived() {
        JdbcDataSource db = new JdbcDataSource();
        db.setURL("jdbc:h2:mem:derivations;DB_CLOSE_DELAY=-1");
        Rows.execute(db, "CREATE TABLE IF NOT EXISTS booked (id VARCHAR PRIMARY KEY)");
        Random random = new Random(Long.getLong("derivations.seed", 1));
        long checked = 0;
        long schedules = 0;
        int bodies = 0;
        int underived = 0;
        while (checked < WANTED) {
            Chance chance = Chance.of(random);
            EnumSet<Fault> faults = EnumSet.noneOf(Fault.class);
            int kinds = 1 + random.nextInt(4);
            for (int i = 0; i < kinds; i++) {
                faults.add(FAULTS[random.nextInt(FAULTS.length)]);
            }
            Bounds bounds = Bounds.DEFAULT
                    .withMaxFaults(2 + random.nextInt(2))
                    .withMaxAttempts(5)
                    .withRewind(1 + random.nextInt(2))
                    .withMaxRuns(20_000)
                    .withTimeout(Duration.ofMinutes(2));
            Outcome outcome = explore(chance, db, faults, bounds);
            bodies++;
            String told = outcome instanceof Outcome.Passed passed
                    ? passed.claim().toString()
                    : outcome instanceof Outcome.Inconclusive unclear ? unclear.reason() : outcome.toString();
            assertThat(told).as("%s %s", chance, faults).doesNotContain("in no state");
            if (told.contains("No fault point was met")) {
                continue;
            }
            assertThat(outcome)
                    .as("%s %s", chance, faults)
                    .isNotInstanceOfAny(Outcome.Failed.class, Outcome.Flaky.class);
            if (outcome instanceof Outcome.Passed passed) {
                schedules += passed.claim().runs();
                if (passed.claim().without() == null) {
                    underived++;
                } else {
                    checked += passed.claim().without().checked();
                }
            }
            if (bodies % 200 == 0) {
                System.out.println(bodies + " bodies, " + schedules + " schedules, " + checked + " derived and run");
            }
        }
        System.out.println("derivations: " + checked + " run and as derived, of " + schedules + " schedules of "
                + bodies + " bodies, " + underived + " of which nothing was derived of");
    }

    private static Outcome explore(Chance chance, JdbcDataSource db, EnumSet<Fault> faults, Bounds bounds) {
        return Explored.of(
                        scenario -> chance.perform(scenario, db),
                        Settings.explore(faults, bounds)
                                .withUndelivered(Settings.mayPassUndelivered(Explored.COUNTED))
                                .withDeriving(new Deriving(1, 0)))
                .outcome();
    }
}
