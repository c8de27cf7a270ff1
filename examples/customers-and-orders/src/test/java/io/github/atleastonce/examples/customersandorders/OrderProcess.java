package io.github.atleastonce.examples.customersandorders;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.customersandorders.OrderEvent.CreditLimitExceeded;
import io.github.atleastonce.examples.customersandorders.OrderEvent.CreditReleased;
import io.github.atleastonce.examples.customersandorders.OrderEvent.OrderApproved;
import io.github.atleastonce.examples.customersandorders.OrderEvent.OrderCancelled;
import io.github.atleastonce.examples.customersandorders.OrderEvent.OrderCreated;
import io.github.atleastonce.examples.customersandorders.OrderEvent.OrderRejected;
import io.github.atleastonce.examples.customersandorders.OrderRequest.CancelOrder;
import io.github.atleastonce.examples.customersandorders.OrderRequest.PlaceOrder;
import io.github.atleastonce.saga.Saga;
import io.github.atleastonce.saga.Sagas;
import io.github.atleastonce.scenario.Scenario;

/** The body of the tests: the three services, what a customer wants, and what the process promises. */
final class OrderProcess {

    private OrderProcess() {}

    private static Saga saga(Databases databases) {
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

    /** Two orders, of which the credit covers one, and a customer who does not want the first of them any more. */
    static void body(Scenario scenario, Databases databases, Customers.Memory memory) {
        scenario.reset(databases::reset);
        scenario.service("orders", life -> {
            Orders orders = new Orders(life.dataSource(databases.orders()), life::send);
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

        scenario.channel("requests").send("o-1", new PlaceOrder("o-1", "c-1", 60));
        scenario.channel("requests").send("o-2", new PlaceOrder("o-2", "c-1", 60));
        scenario.channel("requests").send("o-1", new CancelOrder("o-1"));

        assertThat(Sagas.of(scenario, saga(databases)))
                .endsExactlyOnce()
                .isAllOrNothing()
                .compensatesOnlyWhatWasDone()
                .coversEveryEnding();
        assertThat(databases.credit()).isEqualTo(100);
        assertThat(databases.letters()).hasSize(2).isEqualTo(databases.states());
    }
}
