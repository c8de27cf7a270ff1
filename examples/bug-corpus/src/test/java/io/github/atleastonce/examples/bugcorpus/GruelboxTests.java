package io.github.atleastonce.examples.bugcorpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.gruelbox.transactionoutbox.DefaultPersistor;
import com.gruelbox.transactionoutbox.Dialect;
import com.gruelbox.transactionoutbox.Instantiator;
import com.gruelbox.transactionoutbox.ThreadLocalContextTransactionManager;
import com.gruelbox.transactionoutbox.TransactionManager;
import com.gruelbox.transactionoutbox.TransactionOutbox;
import io.github.atleastonce.check.Outbox;
import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.jdbc.OutboxTable;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The transaction-outbox library of gruelbox, as it is: no loss and no phantom; and what a misuse of it looks like. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GruelboxTests {

    private static final Duration ATTEMPT = Duration.ofMinutes(2);

    private PostgreSql server;
    private DataSource db;

    /** What the outbox calls later. */
    interface Publisher {
        void publish(String order);
    }

    private static final class OrderService {

        private final ThreadLocalContextTransactionManager transactions;
        private final TransactionOutbox outbox;

        OrderService(Life life, DataSource db) {
            Publisher publisher = order -> life.send("events", "o", new Order(order, "c-1", 1));
            transactions = TransactionManager.fromDataSource(life.dataSource(db));
            outbox = TransactionOutbox.builder()
                    .transactionManager(transactions)
                    .persistor(DefaultPersistor.builder()
                            .dialect(Dialect.POSTGRESQL_9)
                            .migrate(false)
                            .build())
                    .instantiator(Instantiator.using(type -> publisher))
                    .submitter((entry, executor) -> executor.accept(entry))
                    .clockProvider(() -> Clock.fixed(life.clock().instant(), ZoneOffset.UTC))
                    .attemptFrequency(ATTEMPT)
                    .blockAfterAttempts(100)
                    .build();
            life.poll("outbox", outbox::flush);
        }

        void place(String order) throws SQLException {
            transactions.inTransactionThrows(tx -> {
                insert(tx.connection(), order);
                outbox.schedule(Publisher.class).publish(order);
            });
        }

        void placeInTwo(String order) throws SQLException {
            transactions.inTransactionThrows(tx -> insert(tx.connection(), order));
            transactions.inTransaction(() -> outbox.schedule(Publisher.class).publish(order));
        }

        private static void insert(Connection connection, String order) throws SQLException {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO orders VALUES (?)")) {
                insert.setString(1, order);
                insert.executeUpdate();
            }
        }
    }

    @FunctionalInterface
    interface Placing {
        void place(OrderService service) throws SQLException;
    }

    @BeforeAll
    void start() throws Exception {
        server = PostgreSql.start();
        db = server.pool();
        new Database(db).update("CREATE TABLE orders (id TEXT PRIMARY KEY)");
        TransactionOutbox.builder()
                .transactionManager(TransactionManager.fromDataSource(db))
                .persistor(
                        DefaultPersistor.builder().dialect(Dialect.POSTGRESQL_9).build())
                .build();
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @Test
    void losesNothingAndInventsNothing() {
        ScenarioRunner two = ScenarioRunner.of(Fault.CRASH, Fault.SEND_FAILED);
        ScenarioRunner one =
                ScenarioRunner.of(Fault.CONNECTION_LOST, Fault.SEND_UNCERTAIN).within(Bounds.DEFAULT.withMaxFaults(1));

        assertThat(exhausted(explore(two, service -> service.place("o-1")))).isEqualTo(2);
        assertThat(exhausted(explore(one, service -> service.place("o-1")))).isEqualTo(1);
    }

    @Test
    void twoTransactionsAreFound() {
        assertThat(explore(ScenarioRunner.of(Fault.CRASH), service -> service.placeInTwo("o-1")))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause()).hasMessageContaining("lost events: [o-1]"));
    }

    private static int exhausted(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        return ((Outcome.Passed) outcome).claim().exhausted();
    }

    private Outcome explore(ScenarioRunner runner, Placing placing) {
        return runner.explore(scenario -> {
            scenario.reset(() -> new Database(db).update("DELETE FROM orders; DELETE FROM TXNO_OUTBOX"));
            var orders = scenario.service("orders", life -> new OrderService(life, db));
            scenario.attempt(orders, placing::place);
            assertThat(Outbox.of(scenario, "events")
                            .in(db, OutboxTable.gruelbox())
                            .recoveredBy(() -> scenario.elapse(ATTEMPT.multipliedBy(2))))
                    .publishesEveryCommitted(this::orders, Order::id)
                    .publishesOnlyCommitted(this::orders, Order::id);
        });
    }

    private List<String> orders() {
        return new Database(db).strings("SELECT id FROM orders");
    }
}
