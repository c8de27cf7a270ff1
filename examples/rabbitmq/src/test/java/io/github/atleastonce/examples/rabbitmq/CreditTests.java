package io.github.atleastonce.examples.rabbitmq;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.junit.AtLeastOnceTest;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest
class CreditTests {

    @Autowired
    JdbcTemplate jdbc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", () -> PostgreSql.shared().url());
        properties.add("spring.rabbitmq.host", () -> "127.0.0.1");
        properties.add("spring.rabbitmq.port", AmqpBroker::port);
    }

    @BeforeEach
    void begin() {
        jdbc.execute("TRUNCATE customer, reservation");
        jdbc.update("INSERT INTO customer VALUES ('c-1', 100)");
    }

    @AtLeastOnceTest
    void reservesCreditOnce(Scenario scenario) {
        scenario.channel("orders").send("o-1", "o-1:c-1:30");

        scenario.settle();

        assertThat(credit()).isEqualTo(70);
    }

    @FaultTest(faults = CRASH, maxFaults = 1)
    void reservesForEachOrder(Scenario scenario) {
        scenario.channel("orders").send("o-1", "o-1:c-1:30");
        scenario.channel("orders").send("o-2", "o-2:c-1:20");

        scenario.settle();

        assertThat(credit()).isEqualTo(50);
    }

    int credit() {
        Integer credit = jdbc.queryForObject("SELECT credit FROM customer WHERE id = 'c-1'", Integer.class);
        return credit == null ? 0 : credit;
    }
}
