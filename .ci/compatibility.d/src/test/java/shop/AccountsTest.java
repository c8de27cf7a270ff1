package shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;

@SpringBootTest
@KafkaBroker(topics = @Topic(name = "orders"))
class AccountsTest {

    @Autowired
    JdbcTemplate jdbc;

    @BeforeEach
    void clear() {
        jdbc.update("DELETE FROM inbox");
        jdbc.update("UPDATE account SET booked = 0");
    }

    @FaultTest(maxFaults = 1)
    void booksEachOrderOnce(Scenario scenario) {
        scenario.channel("orders").send("o-1", "o-1");
        scenario.channel("orders").send("o-2", "o-2");
        scenario.settle();
        assertThat(jdbc.queryForObject("SELECT booked FROM account", Integer.class)).isEqualTo(2);
    }
}
