package io.github.atleastonce.examples.ledger;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** What was booked for an order. */
@Entity
class Booking {

    @Id
    private String orderId = "";

    private int amount;

    /** For Hibernate. */
    protected Booking() {}

    Booking(String orderId, int amount) {
        this.orderId = orderId;
        this.amount = amount;
    }

    String orderId() {
        return orderId;
    }

    int amount() {
        return amount;
    }
}
