package shop;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.run.Service;
import io.github.atleastonce.scenario.Scenario;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.orders.Order;
import shop.orders.Orders;

/** Each order is approved with all that belongs to it, or rejected and nothing of it is left. */
class OrdersTest {

    private static final Map<Map<String, Object>, Shop> SHOPS = new HashMap<>();

    Map<String, Object> properties() {
        return Map.of();
    }

    @FaultTest(
            faults = {DUPLICATE, REDELIVERY, CRASH},
            maxFaults = 1)
    void placedAsAWholeOrNotAtAll(Scenario scenario) {
        Shop shop = SHOPS.computeIfAbsent(properties(), Shop::new);
        Service<Orders> orders = shop.open(scenario);

        scenario.attempt(orders, service -> service.place(new Order("o-1", "c-1", "horse", 30)));
        scenario.settle();
        scenario.attempt(orders, service -> service.place(new Order("o-2", "c-1", "unicorn", 30)));
        scenario.attempt(orders, service -> service.place(new Order("o-3", "c-1", "castle", 300)));
        scenario.settle();

        JdbcTemplate placed = shop.orders.jdbc();
        assertThat(placed.queryForList("SELECT id FROM orders WHERE state = 'PENDING'")).isEmpty();
        assertThat(placed.queryForList("SELECT id FROM orders WHERE state = 'APPROVED'", String.class))
                .containsExactlyElementsOf(shop.warehouse.jdbc().queryForList("SELECT order_id FROM parcel", String.class));
        assertThat(shop.customers.jdbc().queryForObject("SELECT credit FROM customer", Integer.class))
                .isEqualTo(100 - placed.queryForObject("SELECT COALESCE(SUM(amount), 0) FROM orders WHERE state = 'APPROVED'", Integer.class));
        assertThat(placed.queryForObject("SELECT COUNT(*) FROM eventuate.saga_instance WHERE end_state = 0", Integer.class)).isZero();
    }
}
