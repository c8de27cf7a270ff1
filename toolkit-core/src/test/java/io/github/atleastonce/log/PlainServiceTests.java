package io.github.atleastonce.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A service without any context, whose libraries log at length what becomes of a transaction, and of a pool. */
class PlainServiceTests {

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
}
