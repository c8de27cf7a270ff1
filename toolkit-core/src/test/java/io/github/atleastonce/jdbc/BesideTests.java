package io.github.atleastonce.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes beside the steps of a service are refused, and those of others are not. */
class BesideTests {

    private final JdbcDataSource bare = new JdbcDataSource();

    @BeforeEach
    void createTables() throws SQLException {
        bare.setURL("jdbc:h2:mem:beside;DB_CLOSE_DELAY=-1");
        update(bare, "DROP ALL OBJECTS; CREATE TABLE orders (id VARCHAR PRIMARY KEY); CREATE TABLE seen (id VARCHAR)");
    }

    @Test
    void whoNotesWhatItGetsInTheSameDatabaseIsLeftAlone() {
        Outcome outcome = explore(scenario ->
                scenario.consumer("spy", "placed", String.class, id -> update(bare, "INSERT INTO seen VALUES ('x')")));

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void whoHasADataSourceOfTheRunAndWritesBesideItIsRefused() {
        Outcome outcome = explore(scenario -> scenario.service("archive", life -> {
            life.dataSource(bare);
            life.subscribe("placed", String.class, id -> update(bare, "INSERT INTO seen VALUES ('x')"));
            return life;
        }));

        assertThat(outcome.toString())
                .contains("'archive' changed the table \"SEEN\" through what is not instrumented");
    }

    @Test
    void writesBesideAnOpenTransactionAreSeen() {
        Outcome outcome = explore(scenario -> scenario.service("archive", life -> archive(life, bare)));

        assertThat(outcome.toString())
                .contains("'archive' changed the table \"SEEN\" through what is not instrumented");
    }

    @Test
    void aTransactionWithinAnotherIsNobodysWriteBeside() {
        Outcome outcome =
                explore(scenario -> scenario.service("archive", life -> archive(life, life.dataSource(bare))));

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    /** Has a transaction open while something is written elsewhere. */
    private Life archive(Life life, DataSource elsewhere) {
        DataSource db = life.dataSource(bare);
        life.subscribe("placed", String.class, id -> {
            try (Connection connection = db.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("UPDATE orders SET id = id");
                update(elsewhere, "INSERT INTO seen VALUES ('x')");
                connection.commit();
            }
        });
        return life;
    }

    private interface Other {
        void joins(Scenario scenario);
    }

    private Outcome explore(Other other) {
        return ScenarioRunner.of(Fault.DUPLICATE).explore(scenario -> {
            scenario.reset(() -> update(bare, "DELETE FROM orders; DELETE FROM seen"));
            scenario.service("shop", this::shop);
            other.joins(scenario);
            scenario.channel("orders").send("o-1", "o-1");
            scenario.settle();
            assertThat(count("orders")).isEqualTo(1);
        });
    }

    private Object shop(Life life) {
        DataSource db = life.dataSource(bare);
        life.subscribe("orders", String.class, id -> {
            update(db, "MERGE INTO orders VALUES ('" + id + "')");
            life.send("placed", id);
        });
        return db;
    }

    private int count(String table) throws SQLException {
        try (Connection connection = bare.getConnection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void update(DataSource db, String sql) throws SQLException {
        try (Connection connection = db.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
