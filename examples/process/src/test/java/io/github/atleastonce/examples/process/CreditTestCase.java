package io.github.atleastonce.examples.process;

import static io.github.atleastonce.schedule.Fault.COMMIT_FAILED;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.REBALANCE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.process.PostgreSqlEntrance;
import io.github.atleastonce.process.ServiceProcess;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A service that reserves credit, in whatever language, killed at each of its steps and put under whatever its broker may do to it. */
@KafkaBroker(topics = @Topic(name = "orders"))
abstract class CreditTestCase {

    record OrderCreated(String id, String customer, int total) {}

    static final PostgreSql DATABASE = PostgreSql.shared();

    @FaultTest(
            faults = {CRASH, REDELIVERY, REBALANCE, COMMIT_FAILED},
            bounds = "settleTimeout=60s")
    void reservesCreditOnce(Scenario scenario) throws SQLException {
        createTables();
        scenario.service("credit", this::start);

        scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
        scenario.settle();

        assertThat(credit("c-1")).isEqualTo(70);
    }

    private static void createTables() throws SQLException {
        DATABASE.execute("DROP TABLE IF EXISTS inbox, customer;"
                + "CREATE TABLE inbox (order_id TEXT PRIMARY KEY);"
                + "CREATE TABLE customer (id TEXT PRIMARY KEY, credit INT);"
                + "INSERT INTO customer VALUES ('c-1', 100)");
    }

    boolean remembersOrders() {
        return true;
    }

    /** Prepares the service, which speaks to the database by an entrance. */
    abstract ServiceProcess service(Life life, PostgreSqlEntrance database);

    private ServiceProcess start(Life life) {
        PostgreSqlEntrance database =
                PostgreSqlEntrance.open(life, Scripts.DATABASE_HOST, Scripts.databasePort(DATABASE));
        return service(life, database)
                .environment("CREDIT_REMEMBERS_ORDERS", remembersOrders())
                .start();
    }

    private static int credit(String customer) throws SQLException {
        try (Connection connection = DATABASE.pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT credit FROM customer WHERE id = '" + customer + "'")) {
            row.next();
            return row.getInt(1);
        }
    }
}
