package io.github.atleastonce.examples.bugcorpus;

import java.sql.SQLException;

/** A shop that tells others of its orders. */
public interface Shop {

    /** Places an order. */
    void place(Order order) throws SQLException;

    /** Publishes what waits; returns whether anything did. */
    default boolean relay() throws SQLException {
        return false;
    }
}
