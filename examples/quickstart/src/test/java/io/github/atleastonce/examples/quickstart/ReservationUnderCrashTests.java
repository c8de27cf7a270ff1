package io.github.atleastonce.examples.quickstart;

import static io.github.atleastonce.schedule.Fault.CONNECTION_LOST;
import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The reservation on a real PostgreSQL, where the process may die at each statement and each commit. */
class ReservationUnderCrashTests {

    private static CreditDatabase database;

    @BeforeAll
    static void start() throws IOException, SQLException {
        database = new CreditDatabase();
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    @BeforeEach
    void reset() throws SQLException {
        database.reset();
    }

    @FaultTest(faults = {DUPLICATE, REDELIVERY, CRASH, CONNECTION_LOST})
    void reservesCreditOnce(Scenario scenario) throws SQLException {
        scenario.service("credit", life -> {
            var reservation = new IdempotentReservation(life.dataSource(database.dataSource()));
            life.subscribe("orders", OrderCreated.class, reservation::reserve);
            return reservation;
        });

        scenario.channel("orders").send("o-1", new OrderCreated("o-1", "c-1", 30));
        scenario.settle();

        assertThat(database.credit("c-1")).isEqualTo(70);
    }
}
