package shop;

import static io.github.atleastonce.schedule.Fault.COMMIT_FAILED;
import static io.github.atleastonce.schedule.Fault.REBALANCE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.BootstrapServers;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

@KafkaBroker(topics = @Topic(name = "orders"))
class AccountsTest {

    private static final JdbcDataSource DATABASE = new JdbcDataSource();

    private static Accounts accounts;

    @BeforeAll
    static void start(@BootstrapServers String servers, TestInfo test) throws SQLException {
        DATABASE.setURL("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1");
        execute("CREATE TABLE IF NOT EXISTS account (booked INT)");
        execute("CREATE TABLE IF NOT EXISTS inbox (id VARCHAR(20) PRIMARY KEY)");
        boolean idempotent = test.getTestClass().orElseThrow() == AccountsTest.class;
        accounts = new Accounts(servers, DATABASE, idempotent);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        accounts.close();
    }

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

    private static int booked() throws SQLException {
        try (Connection connection = DATABASE.getConnection();
                ResultSet rows = connection.createStatement().executeQuery("SELECT booked FROM account")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DATABASE.getConnection()) {
            connection.createStatement().execute(sql);
        }
    }
}
