package io.github.atleastonce.examples.bugcorpus;

import java.sql.SQLException;

/** A consumer of orders. */
@FunctionalInterface
public interface Consumer {

    /** Handles one order. */
    void on(Order order) throws SQLException;
}
