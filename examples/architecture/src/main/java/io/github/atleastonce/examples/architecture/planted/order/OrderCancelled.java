package io.github.atleastonce.examples.architecture.planted.order;

import io.github.atleastonce.examples.architecture.Planted;

/** Can be altered by whoever receives it. */
@Planted("events_should_be_immutable")
public class OrderCancelled {

    private String orderId = "";

    public String getOrderId() {
        return orderId;
    }

    public void setOrderId(String orderId) {
        this.orderId = orderId;
    }
}
