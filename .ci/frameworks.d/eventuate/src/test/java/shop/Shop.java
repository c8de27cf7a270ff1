package shop;

import io.github.atleastonce.run.Service;
import io.github.atleastonce.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.customers.CustomersApplication;
import shop.orders.Orders;
import shop.orders.OrdersApplication;
import shop.warehouse.WarehouseApplication;

/** The three applications and Eventuate's relay as services of a scenario. */
final class Shop {

    private static final List<String> TABLES = List.of(
            "eventuate.message", "eventuate.received_messages", "eventuate.saga_instance", "eventuate.saga_instance_participants",
            "eventuate.saga_lock_table", "eventuate.saga_stash_table", "orders", "customer", "parcel");

    final Application orders;
    final Application customers;
    final Application warehouse;

    Shop(Map<String, Object> properties) {
        orders = new Application(OrdersApplication.class, properties);
        customers = new Application(CustomersApplication.class, properties);
        warehouse = new Application(WarehouseApplication.class, properties);
    }

    Service<Orders> open(Scenario scenario) {
        scenario.reset(this::clear);
        Service<Orders> front = scenario.service("orders", life -> orders.serve(life).getBean(Orders.class));
        scenario.service("customers", customers::serve);
        scenario.service("warehouse", warehouse::serve);
        scenario.service("cdc", life -> {
            List<Relay> relays = new ArrayList<>();
            for (Application application : List.of(orders, customers, warehouse)) {
                Relay relay = new Relay(life, application.database());
                life.poll("outbox " + (relays.size() + 1), relay::poll);
                relays.add(relay);
            }
            return relays;
        });
        return front;
    }

    private void clear() {
        for (Application application : List.of(orders, customers, warehouse)) {
            JdbcTemplate jdbc = application.jdbc();
            TABLES.forEach(table -> jdbc.execute("TRUNCATE TABLE " + table));
        }
        customers.jdbc().update("INSERT INTO customer (id, credit) VALUES ('c-1', 100)");
    }
}
