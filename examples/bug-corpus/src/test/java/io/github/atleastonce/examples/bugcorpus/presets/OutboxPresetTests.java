package io.github.atleastonce.examples.bugcorpus.presets;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.check.Outbox;
import io.github.atleastonce.check.OutboxAssert;
import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.jdbc.OutboxTable;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Finds what is wrong with the writer or the reader of each table, and nothing where both are right. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class OutboxPresetTests {

    private static final EventuateTable EVENTUATE = new EventuateTable();
    private static final DebeziumTable DEBEZIUM = new DebeziumTable();
    private static final ScenarioRunner DEADLY = ScenarioRunner.of(Fault.CRASH);
    private static final ScenarioRunner ANYTHING =
            ScenarioRunner.of(Fault.CRASH, Fault.CONNECTION_LOST, Fault.SEND_FAILED, Fault.SEND_UNCERTAIN);

    /** How a shop uses its table. */
    private record Use(Table table, boolean oneTransaction, boolean sendsFirst) {

        static Use of(Table table) {
            return new Use(table, true, true);
        }

        Use inTwoTransactions() {
            return new Use(table, false, sendsFirst);
        }

        Use sendingTooLate() {
            return new Use(table, oneTransaction, false);
        }
    }

    private record Shop(Use use, Life life, Database db) {

        void place(String order) throws SQLException {
            if (use.oneTransaction()) {
                db.inTransaction(tx -> {
                    insert(tx, order);
                    use.table().store(tx, order);
                });
            } else {
                db.inTransaction(tx -> insert(tx, order));
                db.inTransaction(tx -> use.table().store(tx, order));
            }
        }

        void refuse(String order) throws SQLException {
            db.inTransaction(tx -> {
                insert(tx, order);
                use.table().store(tx, order);
                tx.update("ROLLBACK");
            });
        }

        private static void insert(Database tx, String order) throws SQLException {
            tx.update("INSERT INTO orders VALUES (?)", order);
        }

        boolean relay() {
            try {
                return use.sendsFirst()
                        ? use.table().relay(db, life)
                        : use.table().relayTooLate(db, life);
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private PostgreSql server;

    @BeforeAll
    void start() throws Exception {
        server = PostgreSql.startWithLogicalLog();
        Database db = new Database(server.pool());
        db.update("CREATE TABLE orders (id TEXT PRIMARY KEY)");
        db.update(EventuateTable.SCHEMA);
        db.update(DebeziumTable.SCHEMA);
        db.query(DebeziumTable.SLOT);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @Test
    void eventuateLosesNothing() {
        passes(DEADLY, 2, Use.of(EVENTUATE), OutboxTable.eventuateTram(), this::isSoundAndMarked);
        passes(ANYTHING, 1, Use.of(EVENTUATE), OutboxTable.eventuateTram(), this::isSoundAndMarked);
    }

    @Test
    void eventuateInTwoTransactionsIsFound() {
        finds(
                Use.of(EVENTUATE).inTwoTransactions(),
                OutboxTable.eventuateTram(),
                this::isSound,
                "orders#1/commit",
                "lost events");
        finds(
                Use.of(EVENTUATE).inTwoTransactions(),
                OutboxTable.eventuateTram(),
                outbox -> outbox.writesInTheSameTransaction("orders", "message"),
                "",
                "written apart");
    }

    @Test
    void eventuateMarkedBeforeItIsSentIsFound() {
        finds(
                Use.of(EVENTUATE).sendingTooLate(),
                OutboxTable.eventuateTram(),
                outbox -> outbox.marksSentOnlyWhatArrived(Published::row),
                "orders.relay/update message",
                "marked rows as sent before the broker acknowledged: [0000018f-o-1]");
    }

    @Test
    void eventuateTellsPendingFromSent() throws SQLException {
        OutboxTable table = OutboxTable.eventuateTram();
        Database db = new Database(server.pool());
        db.update("DELETE FROM eventuate.message");
        EVENTUATE.store(db, "o-1");
        EVENTUATE.store(db, "o-2");
        db.update("UPDATE eventuate.message SET published = 1 WHERE payload = 'o-2'");

        assertThat(table.pending(server.pool())).containsExactly("0000018f-o-1");
        assertThat(table.sent(server.pool())).containsExactly("0000018f-o-2");
    }

    @Test
    void debeziumLosesNothing() {
        passes(DEADLY, 2, Use.of(DEBEZIUM), OutboxTable.debezium(), this::isSound);
        passes(ANYTHING, 1, Use.of(DEBEZIUM), OutboxTable.debezium(), this::isSound);
    }

    @Test
    void debeziumInTwoTransactionsIsFound() {
        finds(
                Use.of(DEBEZIUM).inTwoTransactions(),
                OutboxTable.debezium(),
                this::isSound,
                "orders#1/commit",
                "lost events");
    }

    @Test
    void debeziumConfirmedBeforeItIsSentIsFound() {
        finds(
                Use.of(DEBEZIUM).sendingTooLate(),
                OutboxTable.debezium(),
                this::isSound,
                "orders.relay/select pg_logical_slot_get_changes",
                "lost events");
    }

    private void isSound(OutboxAssert outbox) {
        outbox.publishesEveryCommitted(this::orders, Published::order)
                .publishesOnlyCommitted(this::orders, Published::order)
                .keepsOrderPer((Published event) -> "o", Published::order);
    }

    private void isSoundAndMarked(OutboxAssert outbox) {
        isSound(outbox);
        outbox.writesInTheSameTransaction("orders", "message").marksSentOnlyWhatArrived(Published::row);
    }

    private void passes(
            ScenarioRunner runner, int faults, Use use, OutboxTable table, Consumer<OutboxAssert> expectation) {
        Outcome outcome = runner.within(Bounds.DEFAULT.withMaxFaults(faults))
                .explore(scenario -> body(scenario, use, table, expectation));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed -> assertThat(passed.claim().exhausted()).isEqualTo(faults));
    }

    private void finds(Use use, OutboxTable table, Consumer<OutboxAssert> expectation, String step, String complaint) {
        Outcome outcome = DEADLY.explore(scenario -> body(scenario, use, table, expectation));
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.token().toString()).contains(step);
            assertThat(failed.cause()).hasMessageContaining(complaint);
        });
    }

    private void body(Scenario scenario, Use use, OutboxTable table, Consumer<OutboxAssert> expectation)
            throws Exception {
        scenario.reset(() -> {
            Database db = new Database(server.pool());
            db.update("DELETE FROM orders; DELETE FROM eventuate.message");
            db.query(DebeziumTable.REST);
        });
        var orders = scenario.service("orders", life -> {
            Shop shop = new Shop(use, life, new Database(life.dataSource(server.pool())));
            life.poll("relay", shop::relay);
            return shop;
        });
        scenario.attempt(orders, shop -> shop.place("o-1"));
        scenario.attempt(orders, shop -> shop.refuse("o-2"));
        scenario.attempt(orders, shop -> shop.place("o-3"));
        expectation.accept(assertThat(Outbox.of(scenario, "events").in(server.pool(), table)));
    }

    private List<String> orders() {
        return new Database(server.pool()).strings("SELECT id FROM orders");
    }
}
