package io.github.atleastonce.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A service without any context, whose libraries log at length what becomes of a transaction, and of a pool. */
class PlainServiceTests {

    /** How many milliseconds Hikari trusts a connection that was used. */
    private static final String ALIVE_BYPASS = "com.zaxxer.hikari.aliveBypassWindowMs";

    @RegisterExtension
    private final LoggedWarnings warnings = new LoggedWarnings();

    @Test
    void nothingIsWarnedOf() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl("jdbc:h2:mem:quiet;DB_CLOSE_DELAY=-1");
            JdbcTemplate rows = new JdbcTemplate(pool);
            rows.execute("CREATE TABLE booked (id VARCHAR(20) PRIMARY KEY)");

            Outcome outcome = ScenarioRunner.of(Fault.CRASH, Fault.CONNECTION_LOST)
                    .explore(scenario -> {
                        scenario.reset(() -> rows.update("DELETE FROM booked"));
                        scenario.channel("orders").send("o-1", "o-1");
                        scenario.service("shop", life -> {
                            DataSource db = life.dataSource(pool);
                            JdbcTemplate jdbc = new JdbcTemplate(db);
                            TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(db));
                            life.subscribe(
                                    "orders",
                                    String.class,
                                    order -> transaction.executeWithoutResult(status -> {
                                        jdbc.update("DELETE FROM booked WHERE id = ?", order);
                                        jdbc.update("INSERT INTO booked VALUES (?)", order);
                                    }));
                            return jdbc;
                        });
                        scenario.settle();
                        assertThat(rows.queryForList("SELECT id FROM booked", String.class))
                                .containsExactly("o-1");
                    });

            assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        }
        assertThat(warnings.all()).isEmpty();
    }

    /** As a keep-alive does, every two minutes: nobody closes the pool of a process that has died. */
    @Test
    void poolThatOutlivesItsServiceWarnsOfNothing() throws Exception {
        JdbcDataSource bare = new JdbcDataSource();
        bare.setUrl("jdbc:h2:mem:outlived;DB_CLOSE_DELAY=-1");
        List<HikariDataSource> pools = new CopyOnWriteArrayList<>();
        System.setProperty(ALIVE_BYPASS, "0");
        try {
            ScenarioRunner.of(Fault.CRASH).explore(scenario -> {
                scenario.channel("orders").send("o-1", "o-1");
                scenario.service("shop", life -> {
                    HikariDataSource pool = new HikariDataSource();
                    pool.setDataSource(life.dataSource(bare));
                    pool.setMaximumPoolSize(1);
                    pool.setConnectionTimeout(250);
                    pools.add(pool);
                    JdbcTemplate jdbc = new JdbcTemplate(pool);
                    life.subscribe("orders", String.class, order -> jdbc.queryForObject("SELECT 1", Integer.class));
                    return jdbc;
                });
                scenario.settle();
            });
            List<HikariDataSource> left =
                    pools.stream().filter(HikariDataSource::isRunning).limit(2).toList();
            assertThat(left)
                    .hasSize(2)
                    .allSatisfy(pool -> assertThat(CompletableFuture.runAsync(() -> {
                                try {
                                    pool.getConnection();
                                } catch (SQLException refused) {
                                    throw new CompletionException(refused);
                                }
                            }))
                            .failsWithin(Duration.ofMinutes(1)));
        } finally {
            System.clearProperty(ALIVE_BYPASS);
            pools.forEach(HikariDataSource::close);
        }
        assertThat(warnings.all()).isEmpty();
    }
}
