package io.github.atleastonce.examples.benchmarks;

import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.SwitchBound;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * Measures two deliveries at once on PostgreSQL, in every interleaving of a handler that looks for a marker and then inserts it, the reset of the
 * tables included. Beside it, in turns and on the same pool: the two transactions and the reset alone, one after the other. One table has a
 * unique key, so that the second waits for the first and then fails; the other one has none, and the second waits at the update of the
 * customer.
 */
public final class ConcurrentBenchmark {

    private static final int ROUNDS = 7;
    private static final int WARM_UP = 3;
    private static final int PAIRS = 100;
    private static final double MILLIS = 1e6;
    private static final Bounds EVERY = Bounds.DEFAULT.withMaxFaults(1).withEveryInterleaving();

    private record Order(String id) {}

    private ConcurrentBenchmark() {}

    /**
     * Prints milliseconds for each schedule, and for each pair of bare transactions.
     *
     * @param arguments none
     * @throws Exception if PostgreSQL does not start
     */
    public static void main(String[] arguments) throws Exception {
        try (PostgreSql server = PostgreSql.start()) {
            server.execute(
                    "CREATE TABLE inbox_keyed (id TEXT PRIMARY KEY); CREATE TABLE inbox_plain (id TEXT); CREATE TABLE customer (credit INT)");
            measure(server.pool(), "inbox_plain", "no key");
            measure(server.pool(), "inbox_keyed", "unique key: a lock wait and an error in most");
        }
    }

    private static void measure(DataSource db, String inbox, String what) throws SQLException {
        double[] schedules = new double[ROUNDS];
        double[] bare = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        long runs = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double pair = pair(db, inbox);
            long began = System.nanoTime();
            runs = explore(db, inbox);
            double schedule = (System.nanoTime() - began) / MILLIS / runs;
            if (round >= 0) {
                schedules[round] = schedule;
                bare[round] = pair;
                ratios[round] = schedule / pair;
            }
        }
        Row.print(
                "two deliveries at once on PostgreSQL, SELECT then INSERT, " + what + ", every interleaving: " + runs
                        + " schedules",
                String.format(Locale.ROOT, "%.1f ms a schedule", Row.median(schedules)),
                String.format(Locale.ROOT, "both transactions and the reset: %.1f ms", Row.median(bare)),
                Row.ratio(Row.median(ratios)));
    }

    private static double pair(DataSource db, String inbox) throws SQLException {
        long began = System.nanoTime();
        for (int i = 0; i < PAIRS; i++) {
            reset(db, inbox);
            handle(db, inbox, new Order("o-1"));
            handle(db, inbox, new Order("o-1"));
        }
        return (System.nanoTime() - began) / MILLIS / PAIRS;
    }

    private static long explore(DataSource db, String inbox) {
        Outcome outcome = ScenarioRunner.of(Fault.CONCURRENT)
                .within(EVERY)
                .mayPassUndelivered("only the time is asked for")
                .explore(scenario -> body(scenario, db, inbox));
        if (outcome instanceof Outcome.Passed passed && passed.claim().interleaving() instanceof SwitchBound.Every) {
            return passed.claim().runs();
        }
        throw new IllegalStateException("Every schedule should be run, but: " + outcome);
    }

    private static void body(Scenario scenario, DataSource db, String inbox) {
        scenario.reset(() -> reset(db, inbox));
        scenario.service("customers", life -> {
            DataSource own = life.dataSource(db);
            life.subscribe("orders", Order.class, order -> handle(own, inbox, order));
            return own;
        });
        scenario.channel("orders").send("o-1", new Order("o-1"));
        scenario.settle();
    }

    private static void reset(DataSource db, String inbox) throws SQLException {
        execute(db, "DELETE FROM " + inbox + "; DELETE FROM customer; INSERT INTO customer VALUES (100)");
    }

    private static void handle(DataSource db, String inbox, Order order) throws SQLException {
        try (Connection connection = db.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement select = connection.prepareStatement("SELECT id FROM " + inbox + " WHERE id = ?")) {
                select.setString(1, order.id());
                if (!select.executeQuery().next()) {
                    update(connection, "INSERT INTO " + inbox + " VALUES (?)", order.id());
                    update(connection, "UPDATE customer SET credit = credit - ?", 30);
                }
            }
            connection.commit();
        }
    }

    private static void update(Connection connection, String sql, Object argument) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setObject(1, argument);
            update.executeUpdate();
        }
    }

    private static void execute(DataSource db, String sql) throws SQLException {
        try (Connection connection = db.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
