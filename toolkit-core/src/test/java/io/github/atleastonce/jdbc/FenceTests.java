package io.github.atleastonce.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A crash must look like {@code kill -9} from outside, whatever the application's cleanup does. */
class FenceTests {

    @Entity
    @Table(name = "fence_order")
    static class FenceOrder {
        @Id
        int id = 1;
    }

    @Entity
    @Table(name = "fence_outbox")
    static class FenceOutbox {
        @Id
        int id = 1;
    }

    enum Style {
        PLAIN {
            @Override
            void write(DataSource db) throws SQLException {
                try (Connection connection = db.getConnection()) {
                    connection.setAutoCommit(false);
                    try (Statement statement = connection.createStatement()) {
                        statement.executeUpdate("INSERT INTO fence_order VALUES (1)");
                        statement.executeUpdate("INSERT INTO fence_outbox VALUES (1)");
                        connection.commit();
                    } finally {
                        connection.setAutoCommit(true);
                    }
                }
            }
        },
        DATA_SOURCE_MANAGER {
            @Override
            void write(DataSource db) {
                springly(new TransactionTemplate(new DataSourceTransactionManager(db)), db);
            }
        },
        JDBC_MANAGER {
            @Override
            void write(DataSource db) {
                springly(new TransactionTemplate(new JdbcTransactionManager(db)), db);
            }
        },
        HIBERNATE {
            @Override
            void write(DataSource db) {
                Jpa.on(db, FenceOrder.class, FenceOutbox.class).inTransaction(entities -> {
                    entities.persist(new FenceOrder());
                    entities.flush();
                    entities.persist(new FenceOutbox());
                });
            }
        };

        abstract void write(DataSource db) throws SQLException;

        private static void springly(TransactionTemplate transaction, DataSource db) {
            JdbcTemplate jdbc = new JdbcTemplate(db);
            transaction.executeWithoutResult(status -> {
                jdbc.update("INSERT INTO fence_order VALUES (?)", 1);
                jdbc.update("INSERT INTO fence_outbox VALUES (?)", 1);
            });
        }
    }

    enum Pool {
        NONE {
            @Override
            DataSource open(Life life, BiFunction<Life, DataSource, DataSource> instrument) {
                return instrument.apply(life, Postgres.bare());
            }
        },
        ABOVE {
            @Override
            DataSource open(Life life, BiFunction<Life, DataSource, DataSource> instrument) {
                return instrument.apply(life, Postgres.pool());
            }
        },
        BELOW {
            @Override
            DataSource open(Life life, BiFunction<Life, DataSource, DataSource> instrument) {
                HikariDataSource pool = new HikariDataSource();
                pool.setDataSource(instrument.apply(life, Postgres.bare()));
                pool.setMaximumPoolSize(1);
                life.onDeath(pool::close);
                return pool;
            }
        };

        abstract DataSource open(Life life, BiFunction<Life, DataSource, DataSource> instrument);
    }

    @BeforeAll
    static void createTables() {
        Postgres.execute("DROP TABLE IF EXISTS fence_order, fence_outbox");
        Postgres.execute("CREATE TABLE fence_order (id INT); CREATE TABLE fence_outbox (id INT)");
    }

    static Stream<Arguments> stylesOnPools() {
        return Arrays.stream(Style.values())
                .flatMap(style -> Arrays.stream(Pool.values()).map(pool -> Arguments.of(style, pool)));
    }

    @ParameterizedTest
    @MethodSource("stylesOnPools")
    void commitsNothingThatDied(Style style, Pool pool) {
        assertCommitsNothingThatDied(style, pool, 1);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("stylesOnPools")
    void commitsNothingThatDiedTwice(Style style, Pool pool) {
        assertCommitsNothingThatDied(style, pool, 2);
    }

    private static void assertCommitsNothingThatDied(Style style, Pool pool, int faults) {
        Outcome outcome = ScenarioRunner.of(Fault.CRASH, Fault.CONNECTION_LOST)
                .within(Bounds.DEFAULT.withMaxFaults(faults))
                .explore(scenario -> body(scenario, style, pool, (life, db) -> life.dataSource(db)));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Passed.class, passed -> {
            assertThat(passed.claim().exhausted()).isEqualTo(faults);
            assertThat(passed.claim().absent()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({"PLAIN, NONE", "PLAIN, ABOVE"})
    void throwingAloneLetsCleanupCommit(Style style, Pool pool) {
        Outcome outcome = ScenarioRunner.of(Fault.CRASH)
                .explore(scenario -> body(scenario, style, pool, JdbcInstrumentation::unfenced));

        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    }

    @ParameterizedTest
    @MethodSource("stylesOnPools")
    void whatIsLostBeforeTheCommitIsNotCommittedByCleanup(Style style, Pool pool) {
        assertThat(rowsAfterLossBeforeCommit(style, pool, (life, db) -> life.dataSource(db)))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"PLAIN, NONE", "PLAIN, ABOVE", "DATA_SOURCE_MANAGER, NONE", "DATA_SOURCE_MANAGER, ABOVE"})
    void throwingAloneAtTheCommitLetsCleanupCommit(Style style, Pool pool) {
        assertThat(rowsAfterLossBeforeCommit(style, pool, JdbcInstrumentation::unfenced))
                .isOne();
    }

    private static long rowsAfterLossBeforeCommit(
            Style style, Pool pool, BiFunction<Life, DataSource, DataSource> instrument) {
        long[] rows = {-1};
        ScenarioRunner.of(Fault.CONNECTION_LOST)
                .replay(ScheduleToken.parse("1:connection_lost(orders#1/commit)"), scenario -> {
                    scenario.reset(() -> Postgres.execute("TRUNCATE fence_order, fence_outbox"));
                    var orders = scenario.service("orders", life -> pool.open(life, instrument));
                    scenario.attempt(orders, style::write);
                    rows[0] = Postgres.query("SELECT count(*) FROM fence_order");
                });
        return rows[0];
    }

    private static void body(
            Scenario scenario, Style style, Pool pool, BiFunction<Life, DataSource, DataSource> instrument)
            throws Exception {
        scenario.reset(() -> Postgres.execute("TRUNCATE fence_order, fence_outbox"));
        var orders = scenario.service("orders", life -> pool.open(life, instrument));
        scenario.attempt(orders, style::write);
        scenario.settle();
        assertThat(Postgres.query("SELECT count(*) FROM fence_order"))
                .isEqualTo(Postgres.query("SELECT count(*) FROM fence_outbox"));
    }
}
