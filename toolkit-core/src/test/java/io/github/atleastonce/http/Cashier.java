package io.github.atleastonce.http;

import java.io.IOException;

/** Charges a card for each order, with a key by which the charge is known again. */
final class Cashier {

    private final JdkClient client = new JdkClient();
    private final String url;

    Cashier(String url) {
        this.url = url;
    }

    void on(OrderPlaced order) throws Exception {
        int status = client.post(
                url + "/charges",
                "charge of " + order.id(),
                "{\"orderId\":\"" + order.id() + "\",\"amount\":" + order.amount() + "}");
        if (status >= 500) {
            throw new IOException("The charge of " + order.id() + " was answered " + status + ": try again.");
        }
    }
}
