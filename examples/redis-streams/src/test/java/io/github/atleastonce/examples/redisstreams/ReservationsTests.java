package io.github.atleastonce.examples.redisstreams;

import static io.github.atleastonce.schedule.Fault.CONNECTION_LOST;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIf;
import redis.clients.jedis.Jedis;

@EnabledIf("io.github.atleastonce.examples.redisstreams.RedisServer#isInstalled")
class ReservationsTests {

    boolean looksBack() {
        return true;
    }

    @BeforeEach
    void begin() throws SQLException {
        PostgreSql.shared()
                .execute("CREATE TABLE IF NOT EXISTS customer (id TEXT PRIMARY KEY, credit INT NOT NULL);"
                        + " CREATE TABLE IF NOT EXISTS reservation (order_id TEXT PRIMARY KEY);"
                        + " TRUNCATE customer, reservation; INSERT INTO customer VALUES ('c-1', 100)");
    }

    @FaultTest(
            faults = {DUPLICATE, CRASH, CONNECTION_LOST},
            maxFaults = 1)
    void reservesCreditOnce(Scenario scenario) throws SQLException {
        scenario.service("credit", life -> {
            Jedis redis = RedisServer.connect();
            life.onDeath(redis::close);
            Reservations worker =
                    new Reservations(redis, life.dataSource(PostgreSql.shared().pool()), looksBack());
            life.poll("orders", worker::handleNext);
            return worker;
        });
        scenario.channel("orders").send("o-1", "o-1:c-1:30");
        scenario.channel("orders").send("o-2", "o-2:c-1:20");

        scenario.settle();

        assertThat(credit()).isEqualTo(50);
    }

    private static int credit() throws SQLException {
        try (Connection connection = PostgreSql.shared().pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT credit FROM customer WHERE id = 'c-1'")) {
            row.next();
            return row.getInt(1);
        }
    }
}
