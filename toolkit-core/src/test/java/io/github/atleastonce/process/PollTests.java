package io.github.atleastonce.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.jdbc.Postgres;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL's driver on a thread that looks for work by its own clock, at an entrance that knows its query. */
class PollTests {

    private static final String QUERY = "SELECT id FROM polled ORDER BY id FOR UPDATE SKIP LOCKED";

    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final Serving attendant = new Serving();
    private Run run;

    /** What the relay does with what it has found. */
    private interface Handling {
        void on(Statement statement, List<Integer> found) throws SQLException;
    }

    @BeforeEach
    void createTable() throws SQLException {
        Postgres.execute("DROP TABLE IF EXISTS polled; CREATE TABLE polled (id INT)");
    }

    @Test
    void isTickedUntilItFindsNothing() {
        perform(scenario -> {
            relay(scenario, true, PollTests::deleteOne);
            Postgres.execute("INSERT INTO polled VALUES (1), (2)");
            scenario.settle();

            assertThat(Postgres.query("SELECT count(*) FROM polled")).isZero();
            assertThat(steps)
                    .containsExactly(
                            "select polled", "delete polled", "select polled", "delete polled", "select polled");
        });
    }

    @Test
    void aTickEndsWithItsTransaction() {
        perform(scenario -> {
            relay(scenario, false, PollTests::deleteOne);
            Postgres.execute("INSERT INTO polled VALUES (1)");
            scenario.settle();

            assertThat(steps).containsExactly("select polled", "delete polled", "commit", "select polled", "commit");
        });
    }

    @Test
    void doesNothingBeforeItIsTicked() {
        perform(scenario -> {
            CountDownLatch connected = relay(scenario, true, PollTests::deleteOne);
            Postgres.execute("INSERT INTO polled VALUES (1)");
            connected.await();
            await().until(() -> attendant.asked > 0);

            assertThat(Postgres.query("SELECT count(*) FROM polled")).isOne();
            assertThat(steps).isEmpty();
            scenario.settle();
        });
    }

    /** The body may wait for it. */
    @Test
    void goesOnByItselfWhereNobodyAttends() {
        perform(scenario -> {
            attendant.there = false;
            relay(scenario, true, PollTests::deleteOne);
            Postgres.execute("INSERT INTO polled VALUES (1)");

            await().until(() -> Postgres.query("SELECT count(*) FROM polled") == 0);
            attendant.there = true;
            scenario.settle();
        });
    }

    /** Else its steps would be taken for those of whatever begins meanwhile. */
    @Test
    void whatWentOnByItselfIsWaitedFor() {
        perform(scenario -> {
            attendant.there = false;
            CountDownLatch found = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            relay(scenario, true, (statement, rows) -> {
                if (!rows.isEmpty()) {
                    found.countDown();
                    wait(goOn);
                    deleteOne(statement, rows);
                }
            });
            Postgres.execute("INSERT INTO polled VALUES (1)");
            found.await();
            attendant.there = true;
            Thread other = new Thread(goOn::countDown);
            other.start();
            OuterLives.of(run).awaitPolls();

            assertThat(Postgres.query("SELECT count(*) FROM polled")).isZero();
            scenario.settle();
        });
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatCannotBeHandledDoesNotKeepItGoing() {
        perform(scenario -> {
            relay(scenario, true, (statement, found) -> {});
            Postgres.execute("INSERT INTO polled VALUES (1)");
            scenario.settle();

            assertThat(steps).containsExactly("select polled", "select polled");
        });
    }

    @Test
    void saysWhatComesInstead() {
        perform(scenario -> {
            scenario.service("relay", life -> {
                PGSimpleDataSource db = through(life, "select outbox");
                begin(db, true, PollTests::deleteOne);
                return db;
            });

            assertThatThrownBy(scenario::settle)
                    .hasRootCauseInstanceOf(UsageException.class)
                    .rootCause()
                    .hasMessage(
                            "PostgreSqlEntrance.polls(\"select outbox\") of 'relay' wants a query that the process sends again and again, "
                                    + "but within settleTimeout = PT2S it has sent only select polled, set.");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SELECT outbox", "outbox", "select * from outbox"})
    void wantsTheNameOfAStep(String name) {
        perform(
                scenario -> assertThatThrownBy(() -> scenario.service("relay", life -> through(life, name)))
                        .isInstanceOf(UsageException.class)
                        .hasMessage(
                                "PostgreSqlEntrance.polls(\"" + name
                                        + "\") wants the name of a step, in lower case: the kind of a statement and its table, such as \"select outbox\"."));
    }

    private static void deleteOne(Statement statement, List<Integer> found) throws SQLException {
        if (!found.isEmpty()) {
            statement.executeUpdate("DELETE FROM polled WHERE id = " + found.get(0));
        }
    }

    private CountDownLatch relay(Scenario scenario, boolean autoCommit, Handling handling) {
        List<CountDownLatch> connected = new ArrayList<>();
        scenario.service("relay", life -> {
            PGSimpleDataSource db = through(life, "select polled");
            connected.add(begin(db, autoCommit, handling));
            return db;
        });
        return connected.get(0);
    }

    /** Looks again and again until its connection ends. */
    private static CountDownLatch begin(PGSimpleDataSource db, boolean autoCommit, Handling handling) {
        CountDownLatch connected = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            try (Connection connection = db.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(autoCommit);
                connected.countDown();
                while (true) {
                    List<Integer> found = new ArrayList<>();
                    try (ResultSet rows = statement.executeQuery(QUERY)) {
                        while (rows.next()) {
                            found.add(rows.getInt(1));
                        }
                    }
                    handling.on(statement, found);
                    if (!autoCommit) {
                        connection.commit();
                    }
                }
            } catch (SQLException ended) {
                connected.countDown();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return connected;
    }

    private PGSimpleDataSource through(Life life, String query) {
        run = Run.of(life);
        OuterLives.of(run).attendedBy(attendant);
        URI server = URI.create(PostgreSql.shared().url().substring("jdbc:".length()));
        PostgreSqlEntrance entrance = PostgreSqlEntrance.open(life, server.getHost(), server.getPort())
                .polls(query);
        PGSimpleDataSource db = new PGSimpleDataSource();
        db.setUrl(PostgreSql.shared()
                .url()
                .replace(server.getHost() + ":" + server.getPort(), entrance.host() + ":" + entrance.port()));
        return db;
    }

    private interface Body {
        void on(Scenario scenario) throws Exception;
    }

    /** Takes note of steps as they come. */
    private final class Serving implements Attendant {

        private volatile boolean there = true;
        private volatile int asked;

        @Override
        public boolean stepped(Lifetime life, boolean effect, Supplier<Step> step) {
            steps.add(step.get().name());
            return true;
        }

        @Override
        public void attend(Lifetime life, Runnable begin, BooleanSupplier over) {
            begin.run();
            while (!over.getAsBoolean()) {
                LockSupport.parkNanos(100_000);
            }
        }

        @Override
        public void started() {}

        @Override
        public boolean isThere() {
            asked++;
            return there;
        }
    }

    private void perform(Body body) {
        List<Throwable> failures = new ArrayList<>();
        Outcome outcome = ScenarioRunner.of(Fault.CRASH)
                .within(Bounds.DEFAULT.withMaxFaults(0).withSettleTimeout(Duration.ofSeconds(2)))
                .mayPassUndelivered("the entrance is what is looked at")
                .explore(scenario -> {
                    steps.clear();
                    Postgres.execute("TRUNCATE polled");
                    try {
                        body.on(scenario);
                    } catch (Throwable failure) {
                        failures.add(failure);
                    }
                });
        assertThat(failures).as("%s", outcome).isEmpty();
    }
}
