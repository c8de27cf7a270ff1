package io.github.atleastonce.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.jdbc.OutboxTable;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTests {

    record OrderPlaced(int id) {}

    private final JdbcDataSource h2 = new JdbcDataSource();

    OutboxTests() {
        h2.setURL("jdbc:h2:mem:outbox;DB_CLOSE_DELAY=-1");
    }

    /** What differs between a sound shop and its broken twins. */
    private record Shop(boolean oneTransaction, boolean markLast, boolean backwards, boolean phantom) {

        static final Shop SOUND = new Shop(true, true, false, false);

        void place(DataSource db, Life life, int id) throws SQLException {
            try (Connection connection = db.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(!oneTransaction);
                if (phantom) {
                    life.send("events", "c-1", new OrderPlaced(id));
                }
                statement.executeUpdate("INSERT INTO orders VALUES (" + id + ")");
                statement.executeUpdate("INSERT INTO outbox VALUES (" + id + ", FALSE)");
                if (oneTransaction) {
                    connection.commit();
                }
            }
        }

        boolean relay(DataSource db, Life life) {
            List<Integer> pending =
                    ids(db, "SELECT id FROM outbox WHERE NOT sent ORDER BY id" + (backwards ? " DESC" : ""));
            for (int id : pending) {
                if (markLast) {
                    life.send("events", "c-1", new OrderPlaced(id));
                }
                execute(db, "UPDATE outbox SET sent = TRUE WHERE id = " + id);
                if (!markLast) {
                    life.send("events", "c-1", new OrderPlaced(id));
                }
            }
            return !pending.isEmpty();
        }
    }

    @BeforeEach
    void createTables() {
        execute(h2, "DROP ALL OBJECTS");
        execute(h2, "CREATE TABLE orders (id INT); CREATE TABLE outbox (id INT, sent BOOLEAN)");
    }

    @Test
    void aSoundOutboxPasses() {
        assertThat(explore(Shop.SOUND)).isInstanceOf(Outcome.Passed.class);
    }

    /** Where nothing is delivered a relation holds of nothing; that the test asserts one is enough. */
    @Test
    void aRelationOfWhatWasDeliveredIsNoEmptyAssertion() {
        Outcome outcome = ScenarioRunner.of(Fault.DUPLICATE)
                .within(Bounds.DEFAULT.withMaxFaults(1))
                .explore(scenario -> {
                    reset(scenario);
                    scenario.service("shop", life -> {
                        DataSource db = life.dataSource(h2);
                        life.subscribe("commands", Integer.class, id -> Shop.SOUND.place(db, life, id));
                        life.poll("relay", () -> Shop.SOUND.relay(db, life));
                        return life;
                    });
                    scenario.channel("commands").send("c-1", 1);
                    scenario.settle();
                    assertThat(Outbox.of(scenario, "events").in(h2, OutboxTable.polling("outbox", "id", "sent")))
                            .publishesEveryCommitted(() -> ids(h2, "SELECT id FROM orders"), OrderPlaced::id);
                });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void rowsInTwoTransactionsAreCaught() {
        assertThat(complaint(explore(new Shop(false, true, false, false)))).contains("is written apart");
    }

    @Test
    void aLostEventIsCaught() {
        assertThat(complaint(explore(new Shop(true, false, false, false))))
                .contains("lost events: [1] committed, but never published");
    }

    @Test
    void aPhantomIsCaught() {
        assertThat(complaint(explore(new Shop(true, true, false, true))))
                .contains("phantoms: [1] published, but never committed");
    }

    @Test
    void aMarkBeforeTheBrokerIsCaught() {
        Outcome outcome = ScenarioRunner.of(Fault.SEND_FAILED)
                .explore(scenario -> assertThat(outbox(scenario, new Shop(true, false, false, false)))
                        .marksSentOnlyWhatArrived(OrderPlaced::id));

        assertThat(complaint(outcome))
                .contains("marked rows as sent before the broker acknowledged: [1] never arrived");
    }

    @Test
    void aBrokenOrderIsCaught() {
        Outcome outcome = ScenarioRunner.of(Fault.CRASH)
                .explore(scenario -> assertThat(outbox(scenario, new Shop(true, true, true, false)))
                        .keepsOrderPer((OrderPlaced event) -> "c-1", OrderPlaced::id));

        assertThat(complaint(outcome))
                .contains("broke the order of c-1: OrderPlaced[id=2] came before OrderPlaced[id=1]");
    }

    @Test
    void pendingRowsWantARecovery() {
        Outcome stuck = ScenarioRunner.of(Fault.CRASH)
                .explore(each -> assertThat(withoutRelay(each)).publishesEveryCommitted(List::of, OrderPlaced::id));
        Outcome recovered = ScenarioRunner.of(Fault.CRASH)
                .explore(each -> assertThat(
                                withoutRelay(each).recoveredBy(() -> execute(h2, "UPDATE outbox SET sent = TRUE")))
                        .publishesEveryCommitted(List::of, OrderPlaced::id));

        assertThat(complaint(stuck)).contains("still has pending rows when all is quiet: [1]");
        assertThat(recovered).isInstanceOf(Outcome.Passed.class);
    }

    /** Who sends by ways that nobody sees is not called to have lost anything, or to have marked it too soon. */
    @Test
    void aChannelWithoutEventsIsRefused() {
        Outcome lost = ScenarioRunner.of(Fault.CRASH)
                .explore(scenario -> assertThat(withoutRelay(scenario))
                        .publishesEveryCommitted(() -> ids(h2, "SELECT id FROM outbox"), OrderPlaced::id));
        Outcome marked = ScenarioRunner.of(Fault.CRASH)
                .explore(scenario -> assertThat(
                                withoutRelay(scenario).recoveredBy(() -> execute(h2, "UPDATE outbox SET sent = TRUE")))
                        .marksSentOnlyWhatArrived(OrderPlaced::id));

        assertThat(refusal(lost))
                .contains("No event was seen in the outbox of 'events'")
                .contains("[1] is committed");
        assertThat(refusal(marked))
                .contains("No event was seen in the outbox of 'events'")
                .contains("[1] is marked as sent");
    }

    @Test
    void aWrongTableNameIsRefused() {
        Outcome outcome = ScenarioRunner.of(Fault.CRASH)
                .explore(scenario ->
                        assertThat(outbox(scenario, Shop.SOUND)).writesInTheSameTransaction("order", "outbox"));

        assertThat(refusal(outcome)).contains("inserted into 'order'");
    }

    @Test
    void anEffectThatHappensTwiceIsCaught() {
        assertThat(complaint(deposits("INSERT INTO orders SELECT count(*) FROM orders")))
                .contains("compared with the fault-free run");
        assertThat(deposits("MERGE INTO orders KEY (id) VALUES (1)")).isInstanceOf(Outcome.Passed.class);
    }

    private Outcome deposits(String sql) {
        return ScenarioRunner.of(Fault.DUPLICATE, Fault.CRASH).explore(scenario -> {
            scenario.reset(() -> execute(h2, "TRUNCATE TABLE orders"));
            scenario.service("bank", life -> {
                DataSource db = life.dataSource(h2);
                life.subscribe("deposits", String.class, deposit -> execute(db, sql));
                return db;
            });
            scenario.channel("deposits").send("d-1", "d-1");
            assertThat(Effect.of(scenario, () -> ids(h2, "SELECT id FROM orders")))
                    .isAsWithoutFaults();
        });
    }

    private Outcome explore(Shop shop) {
        return ScenarioRunner.of(Fault.CRASH, Fault.CONNECTION_LOST, Fault.SEND_FAILED, Fault.SEND_UNCERTAIN)
                .explore(scenario -> assertThat(outbox(scenario, shop))
                        .publishesOnlyCommitted(() -> ids(h2, "SELECT id FROM orders"), OrderPlaced::id)
                        .publishesEveryCommitted(() -> ids(h2, "SELECT id FROM orders"), OrderPlaced::id)
                        .keepsOrderPer((OrderPlaced event) -> "c-1")
                        .writesInTheSameTransaction("orders", "outbox")
                        .marksSentOnlyWhatArrived(OrderPlaced::id));
    }

    private Outbox outbox(Scenario scenario, Shop shop) throws Exception {
        reset(scenario);
        DataSource[] db = new DataSource[1];
        Life[] present = new Life[1];
        var shops = scenario.service("shop", life -> {
            db[0] = life.dataSource(h2);
            present[0] = life;
            life.poll("relay", () -> shop.relay(db[0], life));
            return shop;
        });
        scenario.attempt(shops, each -> each.place(db[0], present[0], 1));
        scenario.attempt(shops, each -> each.place(db[0], present[0], 2));
        return Outbox.of(scenario, "events").in(h2, OutboxTable.polling("outbox", "id", "sent"));
    }

    private Outbox withoutRelay(Scenario scenario) throws Exception {
        reset(scenario);
        DataSource[] db = new DataSource[1];
        var shops = scenario.service("shop", life -> db[0] = life.dataSource(h2));
        scenario.attempt(shops, each -> execute(db[0], "INSERT INTO outbox VALUES (1, FALSE)"));
        return Outbox.of(scenario, "events").in(h2, OutboxTable.polling("outbox", "id", "sent"));
    }

    private void reset(Scenario scenario) {
        scenario.reset(() -> execute(h2, "TRUNCATE TABLE orders; TRUNCATE TABLE outbox"));
    }

    private static String complaint(Outcome outcome) {
        return message(outcome, AssertionError.class);
    }

    private static String refusal(Outcome outcome) {
        return message(outcome, UsageException.class);
    }

    private static String message(Outcome outcome, Class<? extends Throwable> type) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        Outcome.Failed failed = (Outcome.Failed) outcome;
        assertThat(failed.cause()).isInstanceOf(type);
        return String.valueOf(failed.cause().getMessage());
    }

    private static List<Integer> ids(DataSource db, String sql) {
        try (Connection connection = db.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<Integer> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(rows.getInt(1));
            }
            return ids;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void execute(DataSource db, String sql) {
        try (Connection connection = db.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
