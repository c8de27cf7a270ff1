package io.github.atleastonce.examples.tablequeue;

import static io.github.atleastonce.schedule.Fault.CONCURRENT;
import static io.github.atleastonce.schedule.Fault.CONNECTION_LOST;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A row in the same database as the work is taken and done in one transaction, so it needs no memory of what was done. */
@TaskTable
class PackingTests {

    Packing packing(DataSource db) {
        return new LockingPacking(db);
    }

    @BeforeAll
    static void createTables() throws SQLException {
        PostgreSql.shared().execute(TableQueue.SCHEMA + "; CREATE TABLE IF NOT EXISTS stock (pieces INT NOT NULL)");
    }

    @BeforeEach
    void fill() throws SQLException {
        PostgreSql.shared().execute("TRUNCATE stock; INSERT INTO stock VALUES (10)");
    }

    @FaultTest(
            faults = {CRASH, CONNECTION_LOST, CONCURRENT},
            maxFaults = 1)
    void packsEachOrderOnce(Scenario scenario) throws SQLException {
        scenario.nodes("packing", 2, life -> {
            Packing packing = packing(life.dataSource(PostgreSql.shared().pool()));
            life.poll("tasks", packing::packNext);
            return packing;
        });
        scenario.channel("packing").send("o-1", "order 1");
        scenario.channel("packing").send("o-2", "order 2");

        scenario.settle();

        assertThat(pieces()).isEqualTo(8);
    }

    private static int pieces() throws SQLException {
        try (Connection connection = PostgreSql.shared().pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pieces FROM stock")) {
            row.next();
            return row.getInt(1);
        }
    }
}
