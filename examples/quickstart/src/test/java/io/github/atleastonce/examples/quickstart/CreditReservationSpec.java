package io.github.atleastonce.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.MessageChannel;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;

/** What both services are held to, written as for the happy path. */
abstract class CreditReservationSpec {

    abstract CreditDatabase database();

    @BeforeEach
    void reset() throws SQLException {
        database().reset();
    }

    @FaultTest(maxFaults = 2)
    void reservesCreditOnce(Scenario scenario) throws SQLException {
        MessageChannel orders = scenario.channel("orders");
        orders.send("o-1", new OrderCreated("o-1", "c-1", 30));
        orders.send("o-2", new OrderCreated("o-2", "c-1", 20));

        scenario.settle();

        assertThat(database().credit("c-1")).isEqualTo(50);
    }
}
