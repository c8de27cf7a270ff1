package shop;

import static io.github.atleastonce.schedule.Fault.COMMIT_FAILED;
import static io.github.atleastonce.schedule.Fault.REBALANCE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;

@KafkaBroker(topics = @Topic(name = "orders"))
@MicronautTest
class AccountsTest {

    @Inject
    DataSource database;

    @BeforeEach
    void clear() throws SQLException {
        execute("DELETE FROM inbox");
        execute("DELETE FROM account");
        execute("INSERT INTO account VALUES (0)");
    }

    @FaultTest(faults = {REDELIVERY, COMMIT_FAILED, REBALANCE}, maxFaults = 1)
    void booksEachOrderOnce(Scenario scenario) throws SQLException {
        scenario.channel("orders").send("o-1", "o-1");
        scenario.channel("orders").send("o-2", "o-2");

        scenario.settle();

        assertThat(booked()).isEqualTo(2);
    }

    private int booked() throws SQLException {
        try (Connection connection = database.getConnection();
                ResultSet rows = connection.createStatement().executeQuery("SELECT booked FROM account")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.createStatement().execute(sql);
        }
    }
}
