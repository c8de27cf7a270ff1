package io.github.atleastonce.examples.customersandorders.boot;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.SEND_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.customersandorders.OrderRequest.CancelOrder;
import io.github.atleastonce.examples.customersandorders.OrderRequest.PlaceOrder;
import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.saga.Saga;
import io.github.atleastonce.saga.Sagas;
import io.github.atleastonce.scenario.Scenario;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Each order ends once, and the credit is where it belongs, whatever happens to the application or to its messages. */
@SpringBootTest
@KafkaBroker(topics = {@Topic(name = "requests"), @Topic(name = "orders"), @Topic(name = "customers")})
class ShopTests {

    private JdbcTemplate orders;
    private JdbcTemplate customers;
    private JdbcTemplate notifications;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("shop.database", () -> PostgreSql.shared().url());
    }

    @Autowired
    void databases(
            @Qualifier("ordersDatabase") DataSource ordersDatabase,
            @Qualifier("customersDatabase") DataSource customersDatabase,
            @Qualifier("notificationsDatabase") DataSource notificationsDatabase) {
        orders = new JdbcTemplate(ordersDatabase);
        customers = new JdbcTemplate(customersDatabase);
        notifications = new JdbcTemplate(notificationsDatabase);
    }

    @BeforeEach
    void begin() {
        orders.update("DELETE FROM customer_order");
        orders.update("DELETE FROM outbox");
        customers.update("DELETE FROM customer");
        customers.update("DELETE FROM reservation");
        customers.update("DELETE FROM outbox");
        customers.update("INSERT INTO customer VALUES ('c-1', 100)");
        notifications.update("DELETE FROM letter");
    }

    private List<String> ordersThatAre(String state) {
        return orders.queryForList("SELECT id FROM customer_order WHERE state = ?", String.class, state);
    }

    private List<String> reserved() {
        return customers.queryForList("SELECT order_id FROM reservation WHERE state = 'RESERVED'", String.class);
    }

    /** The relays of the outboxes send again what was not acknowledged. */
    @FaultTest(
            faults = {DUPLICATE, SEND_FAILED},
            maxFaults = 1)
    void eachOrderEndsOnceWhateverIsSent(Scenario scenario) {
        order(scenario);
    }

    /** All three services die at once. */
    @Tag("long")
    @FaultTest(faults = CRASH, maxFaults = 1)
    void eachOrderEndsOnceWheneverTheApplicationDies(Scenario scenario) {
        order(scenario);
    }

    private void order(Scenario scenario) {
        scenario.channel("requests").send("o-1", new PlaceOrder("o-1", "c-1", 60));
        scenario.channel("requests").send("o-2", new PlaceOrder("o-2", "c-1", 60));
        scenario.channel("requests").send("o-1", new CancelOrder("o-1"));

        Saga order = Saga.correlatedByKey()
                .startedBy("order", () -> orders.queryForList("SELECT id FROM customer_order", String.class))
                .step("credit")
                .doneBy("reservation", this::reserved)
                .ends("approved order", () -> ordersThatAre("APPROVED"))
                .orEnds("rejected order", () -> ordersThatAre("REJECTED"))
                .orEnds("cancelled order", () -> ordersThatAre("CANCELLED"));
        assertThat(Sagas.of(scenario, order)).endsExactlyOnce().isAllOrNothing();
        assertThat(orders.queryForList("SELECT id FROM customer_order", String.class))
                .hasSize(2);
        assertThat(notifications.queryForList("SELECT order_id FROM letter", String.class))
                .hasSize(2);
        assertThat(customers.queryForObject("SELECT credit FROM customer", Integer.class)
                        + 60 * reserved().size())
                .isEqualTo(100);
    }
}
