package io.github.atleastonce.examples.customersandorders;

import io.github.atleastonce.examples.customersandorders.OrderEvent.CreditLimitExceeded;
import io.github.atleastonce.examples.customersandorders.OrderEvent.CreditReleased;
import io.github.atleastonce.examples.customersandorders.OrderEvent.OrderApproved;
import io.github.atleastonce.examples.customersandorders.OrderEvent.OrderCancelled;
import io.github.atleastonce.examples.customersandorders.OrderEvent.OrderCreated;
import io.github.atleastonce.examples.customersandorders.OrderEvent.OrderRejected;
import io.github.atleastonce.saga.Saga;
import io.github.atleastonce.scenario.Scenario;

/**
 * The three services in the JVM of the test.
 *
 * @param databases their databases
 * @param memory what the customers do with what was released
 * @param relay what the orders do with events that wait
 */
record LocalShop(Databases databases, Customers.Memory memory, Relay relay) implements Shop {

    /** Returns the right one. */
    static Shop on(Databases databases) {
        return new LocalShop(databases, Customers.Memory.KEEPS_RELEASED, Relay.SENDS_FIRST);
    }

    @Override
    public void open(Scenario scenario) {
        scenario.service("orders", life -> {
            Orders orders = new Orders(life.dataSource(databases.orders()), life::send, relay);
            life.subscribe("requests", OrderRequest.class, orders::on);
            life.subscribe("customers", OrderEvent.class, orders::on);
            life.poll("relay", orders::relay);
            return orders;
        });
        scenario.service("customers", life -> {
            Customers customers = new Customers(life.dataSource(databases.customers()), life::send, memory);
            life.subscribe("orders", OrderEvent.class, customers::on);
            life.poll("relay", customers::relay);
            return customers;
        });
        scenario.service("notifications", life -> {
            Notifications notifications = new Notifications(life.dataSource(databases.notifications()));
            life.subscribe("orders", OrderEvent.class, notifications::on);
            return notifications;
        });
    }

    @Override
    public Saga saga() {
        return Saga.correlatedBy(OrderEvent::orderId)
                .startedBy(OrderCreated.class)
                .step("credit")
                .doneBy("reservation", databases::reserved)
                .refusedBy(CreditLimitExceeded.class)
                .undoneBy(CreditReleased.class)
                .ends(OrderApproved.class)
                .orEnds(OrderRejected.class)
                .orEnds(OrderCancelled.class);
    }
}
