package io.github.atleastonce.examples.process.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.jvm.QuickJvm;
import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.Runner;
import io.github.atleastonce.explore.Settings;
import io.github.atleastonce.explore.Trial;
import io.github.atleastonce.kafka.KafkaCluster;
import io.github.atleastonce.kafka.KafkaEntrance;
import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.process.PostgreSqlEntrance;
import io.github.atleastonce.process.ServiceProcess;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The proof of the simulation: each death of a service, once simulated in this JVM, in memory, and once by SIGKILL behind a real broker and a real
 * database. {@code docs/simulation.md} has the table; {@code -Dsimulation.write=true} tries all and writes it, else a share is tried, or those services whose names have
 * {@code -Dsimulation.only=} in them.
 */
@Tag("long")
class SimulationTests {

    private static final Path PAGE = Path.of("..", "..", "docs", "simulation.md");
    private static final PostgreSql DATABASE = PostgreSql.shared();
    private static final boolean ALL = Boolean.getBoolean("simulation.write");
    /** A part of the names of the services that are tried. */
    private static final String ONLY = System.getProperty("simulation.only", "");
    /** Of each so many deaths one is tried by an ordinary build. */
    private static final int SHARE = 15;

    private static final String TABLES = "CREATE TABLE inbox (id TEXT PRIMARY KEY); CREATE TABLE marker (id TEXT); "
            + "CREATE TABLE customer (id TEXT PRIMARY KEY, credit INT, version INT DEFAULT 0); "
            + "CREATE TABLE orders (id TEXT PRIMARY KEY, state TEXT); CREATE TABLE outbox (id TEXT PRIMARY KEY, sent BOOLEAN); "
            + "CREATE TABLE reservation (id TEXT PRIMARY KEY, amount INT)";
    private static final List<String> NAMES = List.of("inbox", "marker", "customer", "orders", "outbox", "reservation");
    private static final String RELAY = "select outbox";
    private static final Order ORDER = new Order("o-1", "c-1", 30);

    private static EmbeddedKafka broker;
    private static FaultProxy proxy;
    private static KafkaCluster kafka;
    private static QuickJvm jvm;

    /** In the handler, or in a tick of the relay. */
    private static final Pattern OF_CREDIT = Pattern.compile("1:crash\\(credit[<.]");

    /** What anybody can see afterwards. */
    private record Seen(String verdict, String rows, List<String> announced) {}

    @BeforeAll
    static void start() {
        jvm = QuickJvm.rehearsed(CreditProcess.class, Path.of("target", "rehearsal"));
        broker = EmbeddedKafka.start();
        broker.createTopics(Map.of("orders", 1, "reservations", 1));
        proxy = FaultProxy.before(broker.bootstrapServers());
        kafka = new KafkaCluster(broker.bootstrapServers(), List.of("orders", "reservations")).behind(proxy);
    }

    @AfterAll
    static void stop() {
        kafka.close();
        proxy.close();
        broker.close();
    }

    @Test
    void aSimulatedDeathIsLikeARealOne() throws IOException {
        List<String> rows = new ArrayList<>();
        int number = 0;
        for (String service : Services.ALL.keySet()) {
            Seen right = seen(service, ScheduleToken.parse("1:"), null);
            for (ScheduleToken death : deaths(service)) {
                boolean wanted = ONLY.isEmpty() ? ++number % SHARE == 0 : service.contains(ONLY);
                if (!ALL && !wanted) {
                    continue;
                }
                Seen simulated = seen(service, death, right);
                Seen real = replay(
                        ScenarioRunner.of(Fault.CRASH)
                                .on(kafka)
                                .within(Bounds.DEFAULT.withSettleTimeout(Duration.ofSeconds(60))),
                        death,
                        life -> process(life, service),
                        right);

                assertThat(real).as("%s, %s", service, death).isEqualTo(simulated);
                rows.add(row(service, death, real));
            }
        }
        check(rows);
    }

    /** Every place at which the handler may die, as the simulation meets them. */
    private static List<ScheduleToken> deaths(String service) {
        List<ScheduleToken> deaths = new ArrayList<>();
        Settings settings = Settings.explore(EnumSet.of(Fault.CRASH), Bounds.DEFAULT.withMaxFaults(1))
                .withUndelivered(Settings.mayPassUndelivered("schedules are collected"));
        Runner.explore(
                settings,
                System::nanoTime,
                run -> drive(
                        Scenario.open(run, TransportFactory.IN_MEMORY),
                        life -> simulated(life, service),
                        new ArrayList<>()),
                trial -> {
                    if (trial.kind() == Trial.Kind.EXPLORED
                            && OF_CREDIT.matcher(trial.token().toString()).lookingAt()) {
                        deaths.add(trial.token());
                    }
                });
        assertThat(deaths).as(service).isNotEmpty();
        return deaths;
    }

    private static Seen seen(String service, ScheduleToken token, @Nullable Seen right) {
        return replay(ScenarioRunner.of(Fault.CRASH), token, life -> simulated(life, service), right);
    }

    private static Seen replay(
            ScenarioRunner runner, ScheduleToken token, Function<Life, Object> boot, @Nullable Seen right) {
        List<String> announced = new ArrayList<>();
        Outcome outcome = runner.replay(token, scenario -> {
            drive(scenario, boot, announced);
            if (right != null) {
                assertThat(rows()).isEqualTo(right.rows());
                assertThat(new TreeSet<>(announced)).isEqualTo(new TreeSet<>(right.announced()));
            }
        });
        return new Seen(outcome.getClass().getSimpleName(), rows(), announced);
    }

    private static void drive(Scenario scenario, Function<Life, Object> boot, List<String> announced)
            throws SQLException {
        announced.clear();
        DATABASE.execute("DROP TABLE IF EXISTS " + String.join(", ", NAMES) + "; " + TABLES
                + "; INSERT INTO customer VALUES ('c-1', 100); INSERT INTO orders VALUES ('o-1', 'new')");
        scenario.service("credit", boot);
        scenario.consumer("audit", "reservations", String.class, announced::add);
        scenario.channel("orders").send("o-1", ORDER);
        scenario.settle();
    }

    private static Object simulated(Life life, String service) {
        Service.Surroundings has = new Service.Surroundings(
                life.dataSource(DATABASE.bare()), order -> life.send("reservations", order, order));
        Service credit = Services.ALL.get(service);
        life.subscribe("orders", Order.class, order -> credit.on(order, has));
        life.poll(RELAY, () -> look(credit, has));
        return has;
    }

    private static boolean look(Service service, Service.Surroundings has) {
        try {
            return service.relays(has);
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Object process(Life life, String service) {
        URI server = URI.create(DATABASE.url().substring("jdbc:".length()));
        PostgreSqlEntrance database = PostgreSqlEntrance.open(life, server.getHost(), server.getPort());
        if (Relaying.services().containsKey(service)) {
            database.polls(RELAY);
        }
        return ServiceProcess.of(
                        life,
                        jvm.command(
                                KafkaEntrance.open(life).bootstrapServers(),
                                DATABASE.url()
                                        .replace(
                                                server.getHost() + ":" + server.getPort(),
                                                database.host() + ":" + database.port()),
                                service))
                .start();
    }

    private static String rows() {
        List<String> all = new ArrayList<>();
        try (Connection connection = DATABASE.pool().getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : NAMES) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table + " ORDER BY 1")) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        List<String> values = new ArrayList<>();
                        for (int column = 1; column <= columns; column++) {
                            values.add(rows.getString(column));
                        }
                        all.add(table + "(" + String.join(", ", values) + ")");
                    }
                }
            }
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
        return String.join(", ", all);
    }

    private static String row(String service, ScheduleToken death, Seen seen) {
        String token = death.toString();
        boolean relays = token.contains("(credit.");
        String step = token.substring(relays ? token.indexOf('/') : token.indexOf(']') + 1, token.lastIndexOf(')'));
        return "| " + service + " | "
                + (step.isEmpty()
                        ? "before the handler"
                        : (relays ? "in the relay, after " : "after ") + step.substring(1))
                + " | "
                + seen.verdict().toLowerCase(Locale.ROOT) + " | " + seen.rows() + " | "
                + String.join(", ", seen.announced()) + " |";
    }

    private static void check(List<String> rows) throws IOException {
        String page = """
                # Simulated and real deaths

                Written by `.ci/simulation`.
                Each row is one death of a service that reserves credit in PostgreSQL, and of some that announce it on a channel: once simulated in the JVM of the
                test, with messages in memory, and once by SIGKILL of a process behind a real Kafka and a real PostgreSQL. The services are seven of the bug corpus that need a
                database alone, each with its twin, some that announce wrongly, ten that are right, and some with the relay of an outbox; every place is tried at
                which the simulation may let the handler or the relay die. The test demands that
                verdict (whether the end is that of a run without a death), committed rows and published records are the same, so each stands here once. The token is the same, too.

                %d deaths of %d services, each alike.

                | service | it dies | verdict | rows | announced |
                |---|---|---|---|---|
                %s
                """.formatted(rows.size(), Services.ALL.size(), String.join("\n", rows));
        if (ALL) {
            Files.writeString(PAGE, page);
        } else {
            assertThat(Files.readAllLines(PAGE)).containsAll(rows);
        }
    }
}
