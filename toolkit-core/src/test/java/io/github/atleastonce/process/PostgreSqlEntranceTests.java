package io.github.atleastonce.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.jdbc.Postgres;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.Service;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL's own driver at an entrance, beside the same work through the instrumented data source. */
class PostgreSqlEntranceTests {

    private static final Pattern ADDRESS = Pattern.compile("//([^:/]+):(\\d+)/");

    private static final byte[] START = {0, 0, 0, 8, 0, 3, 0, 0};
    private static final byte[] AUTHENTICATED = {'R', 0, 0, 0, 8, 0, 0, 0, 0};

    private final List<String> steps = new CopyOnWriteArrayList<>();

    /** How clients talk to a database. */
    enum Talk {
        TRANSACTION {
            @Override
            void on(Connection connection) throws SQLException {
                connection.setAutoCommit(false);
                insert(connection, 1);
                update(connection);
                connection.commit();
                insert(connection, 2);
                connection.rollback();
            }
        },
        AUTO_COMMIT {
            @Override
            void on(Connection connection) throws SQLException {
                insert(connection, 1);
                update(connection);
            }
        },
        BATCH {
            @Override
            void on(Connection connection) throws SQLException {
                connection.setAutoCommit(false);
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO wired VALUES (?)")) {
                    insert.setInt(1, 1);
                    insert.addBatch();
                    insert.executeBatch();
                }
                connection.commit();
            }
        },
        PREPARED_ON_THE_SERVER {
            @Override
            void on(Connection connection) throws SQLException {
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO wired VALUES (?)")) {
                    for (int i = 0; i < 8; i++) {
                        insert.setInt(1, i);
                        insert.executeUpdate();
                    }
                }
            }
        },
        ERROR {
            @Override
            void on(Connection connection) throws SQLException {
                connection.setAutoCommit(false);
                insert(connection, 1);
                try {
                    insert(connection, 1);
                } catch (SQLException duplicate) {
                    connection.rollback();
                }
                insert(connection, 2);
                connection.commit();
            }
        },
        /** Without a transaction of its own: what came before the error is undone, too. */
        BATCH_WITH_AN_ERROR {
            @Override
            void on(Connection connection) throws SQLException {
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO wired VALUES (?)")) {
                    for (int id : new int[] {1, 1}) {
                        insert.setInt(1, id);
                        insert.addBatch();
                    }
                    assertThatThrownBy(insert::executeBatch).isInstanceOf(SQLException.class);
                }
                insert(connection, 2);
            }
        },
        SAVEPOINT {
            @Override
            void on(Connection connection) throws SQLException {
                connection.setAutoCommit(false);
                insert(connection, 1);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SAVEPOINT here");
                    statement.execute("ROLLBACK TO SAVEPOINT here");
                }
                connection.commit();
            }
        },
        ROWS_IN_PORTIONS {
            @Override
            void on(Connection connection) throws SQLException {
                connection.setAutoCommit(false);
                for (int i = 0; i < 5; i++) {
                    insert(connection, i);
                }
                try (PreparedStatement query = connection.prepareStatement("SELECT id FROM wired ORDER BY id")) {
                    query.setFetchSize(2);
                    try (ResultSet rows = query.executeQuery()) {
                        int count = 0;
                        while (rows.next()) {
                            assertThat(rows.getInt(1)).isEqualTo(count++);
                        }
                        assertThat(count).isEqualTo(5);
                    }
                }
                connection.commit();
            }
        },
        MUCH {
            @Override
            void on(Connection connection) throws SQLException {
                try (Statement statement = connection.createStatement();
                        ResultSet rows =
                                statement.executeQuery("SELECT repeat('x', 1000) FROM generate_series(1, 2000)")) {
                    int count = 0;
                    while (rows.next()) {
                        assertThat(rows.getString(1)).hasSize(1_000);
                        count++;
                    }
                    assertThat(count).isEqualTo(2_000);
                }
            }
        };

        abstract void on(Connection connection) throws SQLException;

        private static void insert(Connection connection, int id) throws SQLException {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO wired VALUES (?)")) {
                insert.setInt(1, id);
                insert.executeUpdate();
            }
        }

        private static void update(Connection connection) throws SQLException {
            try (Statement update = connection.createStatement()) {
                update.executeUpdate("UPDATE wired SET id = id + 100 WHERE id = 1");
            }
        }
    }

    @BeforeEach
    void createTable() {
        Postgres.execute("DROP TABLE IF EXISTS wired; CREATE TABLE wired (id INT PRIMARY KEY)");
    }

    @ParameterizedTest
    @EnumSource(Talk.class)
    void namesStepsAsTheDataSourceDoes(Talk talk) {
        perform(scenario -> {
            Service<DataSource> within = scenario.service("within", life -> life.dataSource(Postgres.bare()));
            Service<DataSource> outside = scenario.service("outside", life -> through(life, "", true));
            scenario.attempt(within, db -> talk(talk, db));
            Postgres.execute("TRUNCATE wired");
            talk(talk, outside.get());

            List<String> expected = new ArrayList<>();
            for (Event event : scenario.history().events()) {
                if (event instanceof Event.Stepped stepped && stepped.service().equals("within")) {
                    expected.add(stepped.step().name() + stepped.step().remark());
                }
            }
            assertThat(steps).isNotEmpty().containsExactlyElementsOf(expected);
        });
    }

    @ParameterizedTest
    @EnumSource(Talk.class)
    void takesTheSimpleProtocol(Talk talk) {
        perform(scenario -> {
            Service<DataSource> outside =
                    scenario.service("outside", life -> through(life, "preferQueryMode=simple", true));
            talk(talk, outside.get());

            assertThat(steps).isNotEmpty().doesNotContain("begin");
        });
    }

    @Test
    void tellsTheStatementsOfOneTextApart() {
        perform(scenario -> {
            Service<DataSource> outside =
                    scenario.service("outside", life -> through(life, "preferQueryMode=simple", true));
            try (Connection connection = outside.get().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "INSERT INTO wired VALUES (1); -- ;\n UPDATE wired SET id = 2; SELECT ';' FROM wired");
            }

            assertThat(steps).containsExactly("insert wired", "update wired", "select wired");
        });
    }

    /** What the server has not committed when the life ends is undone before anything else happens. */
    @Test
    void whatIsNotCommittedIsUndoneWhenTheLifeEnds() {
        perform(scenario -> {
            Service<DataSource> outside = scenario.service("outside", life -> through(life, "", false));
            assertThatThrownBy(() -> talk(Talk.TRANSACTION, outside.get())).isInstanceOf(SQLException.class);

            assertThat(steps).containsExactly("insert wired");
            assertThat(Postgres.query("SELECT count(*) FROM wired")).isZero();
        });
    }

    /** It waits for a lock that somebody else holds: its client's end alone would go unnoticed. */
    @Test
    void whoWaitsForALockIsGoneWhenTheLifeEnds() {
        perform(scenario -> {
            List<Life> lives = new ArrayList<>();
            Service<DataSource> outside = scenario.service("outside", life -> {
                lives.add(life);
                return through(life, "ApplicationName=waiting", true);
            });
            try (Connection holder = Postgres.bare().getConnection()) {
                holder.setAutoCommit(false);
                Talk.insert(holder, 1);
                Thread waiting = new Thread(() -> {
                    try (Connection connection = outside.get().getConnection()) {
                        Talk.insert(connection, 1);
                    } catch (SQLException cut) {
                        steps.add("cut");
                    }
                });
                waiting.start();
                await().until(() -> waiting("AND wait_event_type = 'Lock'") == 1);
                OuterLife.of(lives.get(0)).end();

                assertThat(waiting("")).isZero();
                await().until(() -> steps.contains("cut"));
                holder.rollback();
            }
        });
    }

    /** A server that takes its time to roll back: those of the next life must not wait for its locks. */
    @Test
    void aLifeHasEndedOnlyWhenTheServerHasClosedItsConnections() {
        AtomicInteger ended = new AtomicInteger();
        perform(scenario -> {
            ended.set(0);
            List<Life> lives = new ArrayList<>();
            try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getByName("127.0.0.1"))) {
                Service<PostgreSqlEntrance> outside = scenario.service("outside", life -> {
                    lives.add(life);
                    return PostgreSqlEntrance.open(life, "127.0.0.1", server.getLocalPort());
                });
                server.accept().close();
                Thread slow = new Thread(() -> serve(server, ended));
                slow.start();
                try (Socket client = new Socket("127.0.0.1", outside.get().port())) {
                    client.getOutputStream().write(START);
                    await().until(() -> client.getInputStream().read() == 'R');
                    OuterLife.of(lives.get(0)).end();

                    assertThat(ended).hasValue(1);
                }
                slow.join();
            }
        });
    }

    /** It never closes: whatever comes next would be nobody's fault. */
    @Test
    void aServerThatDoesNotLetGoIsTold() throws IOException {
        Outcome outcome;
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getByName("127.0.0.1"))) {
            List<Socket> open = new ArrayList<>();
            List<Life> lives = new ArrayList<>();
            outcome = ScenarioRunner.of(Fault.CRASH)
                    .within(Bounds.DEFAULT.withMaxFaults(0).withSettleTimeout(Duration.ofMillis(200)))
                    .mayPassUndelivered("the entrance is what is looked at")
                    .explore(scenario -> {
                        Service<PostgreSqlEntrance> outside = scenario.service("outside", life -> {
                            lives.add(life);
                            return PostgreSqlEntrance.open(life, "127.0.0.1", server.getLocalPort());
                        });
                        server.accept().close();
                        Socket client = new Socket("127.0.0.1", outside.get().port());
                        client.getOutputStream().write(START);
                        Socket backend = server.accept();
                        open.add(backend);
                        backend.getOutputStream().write(AUTHENTICATED);
                        await().until(() -> client.getInputStream().read() == 'R');
                        OuterLife.of(lives.get(lives.size() - 1)).end();
                    });
            for (Socket backend : open) {
                backend.close();
            }
        }

        assertThat(outcome.toString())
                .contains(
                        "'outside' has died, and PostgreSQL has not closed its connection within settleTimeout = PT0.2S");
    }

    @Test
    void whatNobodyAttendsToIsSaid() {
        Outcome outcome = ScenarioRunner.of(Fault.DUPLICATE)
                .mayPassUndelivered("the entrance is what is looked at")
                .explore(scenario -> {
                    Service<DataSource> outside = scenario.service("outside", life -> source(life, ""));
                    scenario.consumer("reader", "orders", String.class, order -> talk(Talk.MUCH, outside.get()));
                    scenario.channel("orders").send("o-1", "o-1");
                    scenario.settle();
                });

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed -> assertThat(passed.claim().remarks())
                                .contains("what the process of 'outside' does meets no fault: "
                                        + "no transport of the run attends to it"));
    }

    private static void serve(ServerSocket server, AtomicInteger ended) {
        try (Socket backend = server.accept()) {
            backend.getOutputStream().write(AUTHENTICATED);
            backend.getInputStream().readAllBytes();
            LongStream.range(0, 5_000_000).forEach(work -> Thread.onSpinWait());
            ended.incrementAndGet();
        } catch (IOException closed) {
            ended.addAndGet(100);
        }
    }

    private static long waiting(String how) {
        return Postgres.query(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'waiting' AND state = 'active' " + how);
    }

    @Test
    void wantsAServer() {
        perform(
                scenario -> assertThatThrownBy(() ->
                                scenario.service("outside", life -> PostgreSqlEntrance.open(life, "127.0.0.1", 1)))
                        .isInstanceOf(UsageException.class)
                        .hasMessage(
                                "PostgreSqlEntrance.open wants the address of a PostgreSQL server, but nobody listens at 127.0.0.1:1."));
    }

    private static void talk(Talk talk, DataSource db) throws SQLException {
        try (Connection connection = db.getConnection()) {
            talk.on(connection);
        }
    }

    /** The driver at an entrance of a life, which ends at its first step or not at all. */
    private DataSource through(Life life, String settings, boolean livesOn) {
        OuterLives.of(Run.of(life)).attendedBy(new Noting(steps, livesOn));
        return source(life, settings);
    }

    private record Noting(List<String> steps, boolean livesOn) implements Attendant {

        @Override
        public boolean stepped(Lifetime life, boolean effect, Supplier<Step> step) {
            Step done = step.get();
            steps.add(done.name() + done.remark());
            return livesOn;
        }

        @Override
        public void attend(Lifetime life, Runnable begin, BooleanSupplier over) {
            begin.run();
        }

        @Override
        public void started() {}

        @Override
        public boolean isThere() {
            return true;
        }
    }

    private static DataSource source(Life life, String settings) {
        String url = PostgreSql.shared().url();
        Matcher address = ADDRESS.matcher(url);
        assertThat(address.find()).isTrue();
        PostgreSqlEntrance entrance =
                PostgreSqlEntrance.open(life, address.group(1), Integer.parseInt(address.group(2)));
        PGSimpleDataSource db = new PGSimpleDataSource();
        db.setUrl(address.replaceFirst("//" + entrance.host() + ":" + entrance.port() + "/")
                + (url.contains("?") ? "&" : "?")
                + settings);
        return db;
    }

    private interface Body {
        void on(Scenario scenario) throws Exception;
    }

    private void perform(Body body) {
        List<Throwable> failures = new ArrayList<>();
        Consumer<Throwable> note = failures::add;
        Outcome outcome = ScenarioRunner.of(Fault.CRASH)
                .within(Bounds.DEFAULT.withMaxFaults(0))
                .mayPassUndelivered("the entrance is what is looked at")
                .explore(scenario -> {
                    steps.clear();
                    Postgres.execute("TRUNCATE wired");
                    try {
                        body.on(scenario);
                    } catch (Throwable failure) {
                        note.accept(failure);
                    }
                });
        assertThat(failures).as("%s", outcome).isEmpty();
    }
}
