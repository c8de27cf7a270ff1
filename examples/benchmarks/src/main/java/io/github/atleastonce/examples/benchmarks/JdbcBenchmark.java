package io.github.atleastonce.examples.benchmarks;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/**
 * Measures what the instrumented data source adds to a statement while no fault is armed, on H2 in memory, beside the bare one. Both
 * run in one JVM and in turns; an update of one row by its key, and a commit after each ten.
 */
public final class JdbcBenchmark {

    private static final int ROUNDS = 31;
    private static final int WARM_UP = 10;
    private static final int TRANSACTIONS = 2_000;
    private static final int STATEMENTS = 10;

    private JdbcBenchmark() {}

    /**
     * Prints the medians, their difference and their ratio.
     *
     * @param args none
     * @throws SQLException never, in memory
     */
    public static void main(String[] args) throws SQLException {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:benchmark;DB_CLOSE_DELAY=-1");
        try (Connection connection = h2.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE customer (id INT PRIMARY KEY, credit INT)");
            statement.execute("INSERT INTO customer VALUES (1, 0)");
        }
        double[] bare = new double[ROUNDS];
        double[] instrumented = new double[ROUNDS];
        double[] added = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double without = microseconds(h2);
            double with = microseconds(instrumented(h2));
            if (round >= 0) {
                bare[round] = without;
                instrumented[round] = with;
                added[round] = with - without;
            }
        }
        double first = Row.median(bare);
        double second = Row.median(instrumented);
        Row.print(
                "a statement through `life.dataSource`, no fault armed, H2 in memory",
                String.format(Locale.ROOT, "%.2f µs, %.2f µs added", second, Row.median(added)),
                String.format(Locale.ROOT, "bare: %.2f µs", first),
                Row.ratio(second / first));
    }

    private static DataSource instrumented(DataSource h2) {
        Run run = new Run(
                ScheduleToken.parse("1:").schedule(),
                Set.of(Fault.CRASH, Fault.CONNECTION_LOST),
                Bounds.DEFAULT,
                new Caveats());
        return Scenario.open(run, TransportFactory.IN_MEMORY)
                .service("customers", life -> life.dataSource(h2))
                .get();
    }

    private static double microseconds(DataSource db) throws SQLException {
        try (Connection connection = db.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE customer SET credit = credit + ? WHERE id = 1")) {
            connection.setAutoCommit(false);
            long began = System.nanoTime();
            for (int i = 0; i < TRANSACTIONS; i++) {
                for (int j = 0; j < STATEMENTS; j++) {
                    update.setInt(1, 1);
                    update.executeUpdate();
                }
                connection.commit();
            }
            return (System.nanoTime() - began) / 1e3 / (TRANSACTIONS * (STATEMENTS + 1));
        }
    }
}
