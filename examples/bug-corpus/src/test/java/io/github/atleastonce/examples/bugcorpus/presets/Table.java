package io.github.atleastonce.examples.bugcorpus.presets;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.run.Life;
import java.sql.SQLException;

/** An outbox table: who writes it, and who reads it. */
interface Table {

    /** Stores an event beside the order that it is about. */
    void store(Database tx, String order) throws SQLException;

    /** Sends what waits, then notes that it was sent; returns whether anything waited. */
    boolean relay(Database db, Life life) throws SQLException;

    /** Misused: notes that everything was sent, then sends it. */
    boolean relayTooLate(Database db, Life life) throws SQLException;

    /** Sends one event. */
    static void send(Life life, String row, String order) {
        life.send("events", "o", new Published(row, order));
    }
}
