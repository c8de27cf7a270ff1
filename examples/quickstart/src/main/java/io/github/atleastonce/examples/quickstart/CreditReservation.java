package io.github.atleastonce.examples.quickstart;

import java.sql.SQLException;

/** Reserves the credit that an order needs. */
@FunctionalInterface
public interface CreditReservation {

    /**
     * Reserves the amount of an order.
     *
     * @param order the order
     * @throws SQLException if the database fails
     */
    void reserve(OrderCreated order) throws SQLException;
}
