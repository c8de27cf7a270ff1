package io.github.atleastonce.examples.sqs;

import static io.github.atleastonce.schedule.Fault.CONNECTION_LOST;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.sqs.SqsClient;

class StockTests {

    private static final SqsClient OTHER = SqsServer.connect();

    boolean remembersOrders() {
        return true;
    }

    @BeforeEach
    void begin() throws SQLException {
        PostgreSql.shared()
                .execute("CREATE TABLE IF NOT EXISTS stock (item TEXT PRIMARY KEY, pieces INT NOT NULL);"
                        + " CREATE TABLE IF NOT EXISTS taken (order_id TEXT PRIMARY KEY);"
                        + " TRUNCATE stock, taken; INSERT INTO stock VALUES ('book', 10)");
    }

    @FaultTest(
            faults = {CRASH, CONNECTION_LOST},
            maxFaults = 1)
    void takesEachOrderFromStockOnce(Scenario scenario) throws SQLException {
        scenario.service("stock", life -> {
            InFlight inFlight = new InFlight();
            life.onDeath(() -> inFlight.timeOut(OTHER));
            Stock stock = new Stock(
                    SqsServer.connect(inFlight),
                    OnSqs.url(),
                    life.dataSource(PostgreSql.shared().pool()),
                    remembersOrders());
            life.poll("orders", stock::handleNext);
            return stock;
        });
        scenario.channel("orders").send("o-1", "o-1:book:3");
        scenario.channel("orders").send("o-2", "o-2:book:2");

        scenario.settle();

        assertThat(pieces()).isEqualTo(5);
    }

    private static int pieces() throws SQLException {
        try (Connection connection = PostgreSql.shared().pool().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pieces FROM stock WHERE item = 'book'")) {
            row.next();
            return row.getInt(1);
        }
    }
}
