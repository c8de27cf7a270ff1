package io.github.atleastonce.examples.process;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.SEND_FAILED;
import static io.github.atleastonce.schedule.Fault.SEND_UNCERTAIN;
import static java.net.http.HttpResponse.BodyHandlers.discarding;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.check.Messages;
import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.process.PostgreSqlEntrance;
import io.github.atleastonce.process.ServiceProcess;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Service;
import io.github.atleastonce.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIf;

/** A service in node.js that takes orders over HTTP: what it has stored it announces, whenever it dies. */
@KafkaBroker(topics = @Topic(name = "accepted"))
@EnabledIf("io.github.atleastonce.examples.process.Scripts#runOnNode")
class ShopTests {

    static final PostgreSql DATABASE = PostgreSql.shared();

    private final HttpClient http = HttpClient.newHttpClient();

    /** The process, and where it listens. */
    record Shop(ServiceProcess process, int port) {}

    @FaultTest(
            faults = {CRASH, SEND_FAILED, SEND_UNCERTAIN},
            bounds = "settleTimeout=60s")
    void announcesEachOrderThatItHasStored(Scenario scenario) throws Exception {
        DATABASE.execute("DROP TABLE IF EXISTS orders, outbox; CREATE TABLE orders (id TEXT PRIMARY KEY);"
                + "CREATE TABLE outbox (id TEXT PRIMARY KEY, sent BOOLEAN)");
        Service<Shop> shop = scenario.service("shop", this::start);

        scenario.attempt(shop, present -> present.process().call(() -> place(present, "o-1")));
        scenario.settle();

        if (!orders().isEmpty()) {
            assertThat(Messages.of(scenario, "accepted")).withKey("o-1").isNotEmpty();
        }
    }

    boolean hasOutbox() {
        return true;
    }

    private HttpResponse<Void> place(Shop shop, String order) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + shop.port() + "/" + order))
                        .version(HttpClient.Version.HTTP_1_1)
                        .POST(BodyPublishers.noBody())
                        .build(),
                discarding());
    }

    private Shop start(Life life) {
        PostgreSqlEntrance database =
                PostgreSqlEntrance.open(life, Scripts.DATABASE_HOST, Scripts.databasePort(DATABASE));
        if (hasOutbox()) {
            database.polls("select outbox");
        }
        int port = freePort();
        return new Shop(
                Scripts.node(life, "shop.js", database)
                        .environment("PORT", port)
                        .environment("SHOP_HAS_OUTBOX", hasOutbox())
                        .start(),
                port);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    private static List<String> orders() throws SQLException {
        List<String> orders = new ArrayList<>();
        try (Connection connection = DATABASE.pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM orders")) {
            while (rows.next()) {
                orders.add(rows.getString(1));
            }
        }
        return orders;
    }
}
