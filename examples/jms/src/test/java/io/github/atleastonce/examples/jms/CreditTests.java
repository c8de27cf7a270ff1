package io.github.atleastonce.examples.jms;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.SEND_FAILED;
import static io.github.atleastonce.schedule.Fault.SEND_UNCERTAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.junit.AtLeastOnceTest;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        properties = {
            "spring.artemis.mode=embedded",
            "spring.artemis.embedded.persistent=false",
            "spring.artemis.embedded.queues=orders,reservations,dead-letters"
        })
class CreditTests {

    @Autowired
    JdbcTemplate jdbc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", () -> PostgreSql.shared().url());
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

    @FaultTest(faults = {CRASH, SEND_FAILED, SEND_UNCERTAIN})
    void whatCannotBeHandledIsPutAside(Scenario scenario) {
        List<String> aside = new ArrayList<>();
        scenario.consumer("operator", "dead-letters", String.class, aside::add);
        scenario.channel("orders").send("o-1", "o-1 of c-1, 30 please");
        scenario.channel("orders").send("o-2", "o-2:c-1:20");

        scenario.settle();

        assertThat(aside).contains("o-1 of c-1, 30 please");
        assertThat(credit()).isEqualTo(80);
    }

    int credit() {
        Integer credit = jdbc.queryForObject("SELECT credit FROM customer WHERE id = 'c-1'", Integer.class);
        return credit == null ? 0 : credit;
    }
}
