package io.github.atleastonce.examples.customersandorders;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.customersandorders.OrderRequest.CancelOrder;
import io.github.atleastonce.examples.customersandorders.OrderRequest.PlaceOrder;
import io.github.atleastonce.saga.Sagas;
import io.github.atleastonce.scenario.Scenario;

/** The body of the tests: the three services, what a customer wants, and what the process promises. */
final class OrderProcess {

    private OrderProcess() {}

    /** Two orders, of which the credit covers one, and a customer who does not want the first of them any more. */
    static void body(Scenario scenario, Shop shop) {
        Databases databases = shop.databases();
        scenario.reset(databases::reset);
        shop.open(scenario);

        scenario.channel("requests").send("o-1", new PlaceOrder("o-1", "c-1", 60));
        scenario.channel("requests").send("o-2", new PlaceOrder("o-2", "c-1", 60));
        scenario.channel("requests").send("o-1", new CancelOrder("o-1"));

        assertThat(Sagas.of(scenario, shop.saga()))
                .endsExactlyOnce()
                .isAllOrNothing()
                .compensatesOnlyWhatWasDone()
                .coversEveryEnding();
        assertThat(databases.credit()).isEqualTo(100);
        assertThat(databases.letters()).hasSize(2).isEqualTo(databases.states());
    }
}
