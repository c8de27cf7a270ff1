package io.github.atleastonce.examples.process.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.explore.Outcome;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The proof of the simulation: each death of a service, once simulated in this JVM, in memory, and once by SIGKILL behind a real broker and a real
 * database. {@code docs/simulation.md} has the table; {@code -Dsimulation.write=true} writes it.
 */
@Tag("long")
class SimulationTests {

    private static final Path PAGE = Path.of("..", "..", "docs", "simulation.md");
    private static final PostgreSql DATABASE = PostgreSql.shared();
    private static final List<String> PLACES =
            List.of("", "/insert inbox", "/update customer", "/commit", "/send reservations");

    private static EmbeddedKafka broker;
    private static FaultProxy proxy;
    private static KafkaCluster kafka;

    /** What anybody can see afterwards. */
    private record Seen(String verdict, int credit, List<String> inbox, List<String> announced) {}

    @BeforeAll
    static void start() {
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
        for (Variant variant : Variant.values()) {
            for (String place : PLACES) {
                if (variant == Variant.FORGETFUL && place.contains("inbox")) {
                    continue;
                }
                ScheduleToken token = ScheduleToken.parse("1:crash(credit<orders[k1]" + place + ")");
                Seen simulated = replay(ScenarioRunner.of(Fault.CRASH), token, life -> simulated(life, variant));
                Seen real = replay(
                        ScenarioRunner.of(Fault.CRASH)
                                .on(kafka)
                                .within(Bounds.DEFAULT.withSettleTimeout(Duration.ofSeconds(60))),
                        token,
                        life -> process(life, variant));

                assertThat(real).as("%s, %s", variant, token).isEqualTo(simulated);
                rows.add(row(variant, place, real));
            }
        }
        check(rows);
    }

    private static Seen replay(ScenarioRunner runner, ScheduleToken token, Function<Life, Object> boot) {
        List<String> announced = new ArrayList<>();
        Outcome outcome = runner.replay(token, scenario -> body(scenario, boot, announced));
        List<String> inbox = new ArrayList<>();
        rows("SELECT order_id FROM inbox ORDER BY 1", row -> inbox.add(row.getString(1)));
        List<Integer> credit = new ArrayList<>();
        rows("SELECT credit FROM customer", row -> credit.add(row.getInt(1)));
        return new Seen(outcome.getClass().getSimpleName(), credit.get(0), inbox, announced);
    }

    private static void body(Scenario scenario, Function<Life, Object> boot, List<String> announced)
            throws SQLException {
        announced.clear();
        DATABASE.execute("DROP TABLE IF EXISTS inbox, customer; CREATE TABLE inbox (order_id TEXT PRIMARY KEY);"
                + "CREATE TABLE customer (id TEXT PRIMARY KEY, credit INT); INSERT INTO customer VALUES ('c-1', 100)");
        scenario.service("credit", boot);
        scenario.consumer("audit", "reservations", String.class, announced::add);
        scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
        scenario.settle();
        assertThat(announced).contains("o-1");
        rows("SELECT credit FROM customer", row -> assertThat(row.getInt(1)).isEqualTo(70));
    }

    private static Object simulated(Life life, Variant variant) {
        Reservations reservations = new Reservations(
                life.dataSource(DATABASE.bare()), order -> life.send("reservations", order, order), variant);
        life.subscribe("orders", OrderCreated.class, reservations::on);
        return reservations;
    }

    private static Object process(Life life, Variant variant) {
        URI server = URI.create(DATABASE.url().substring("jdbc:".length()));
        PostgreSqlEntrance database = PostgreSqlEntrance.open(life, server.getHost(), server.getPort());
        return ServiceProcess.of(
                        life,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CreditProcess.class.getName(),
                        KafkaEntrance.open(life).bootstrapServers(),
                        DATABASE.url()
                                .replace(
                                        server.getHost() + ":" + server.getPort(),
                                        database.host() + ":" + database.port()),
                        variant.name())
                .start();
    }

    private interface Reading {
        void of(ResultSet row) throws SQLException;
    }

    private static void rows(String sql, Reading reading) {
        try (Connection connection = DATABASE.pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reading.of(rows);
            }
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static String row(Variant variant, String place, Seen seen) {
        return "| " + variant.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " | "
                + (place.isEmpty() ? "before the handler" : "after " + place.substring(1)) + " | "
                + seen.verdict().toLowerCase(Locale.ROOT) + " | " + seen.credit() + " | "
                + String.join(", ", seen.inbox()) + " | " + String.join(", ", seen.announced()) + " |";
    }

    private static void check(List<String> rows) throws IOException {
        String page = """
                # Simulated and real deaths

                Written by `./mvnw -pl examples/process -am test -Dtest=SimulationTests -Dsurefire.failIfNoSpecifiedTests=false -Dtest.excludedGroups= -Dsimulation.write=true`.
                Each row is one death of a service that reserves credit in PostgreSQL and announces it on a channel, once simulated in the JVM of the test, with
                messages in memory, and once by SIGKILL of a process behind a real Kafka and a real PostgreSQL. The test demands that verdict, committed rows and published
                records are the same, so each stands here once. The token is the same, too.

                | service | it dies | verdict | credit | inbox | announced |
                |---|---|---|---|---|---|
                %s
                """.formatted(String.join("\n", rows));
        if (Boolean.getBoolean("simulation.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }
}
