package io.github.atleastonce.examples.bugcorpus;

import java.sql.SQLException;

/** Who leads a trip through its steps. */
public interface TripManager {

    /** Hears a request or a reply. */
    void on(TripEvent event) throws SQLException;

    /** Looks for what waits, to be sent or for too long; returns whether anything did. */
    boolean tick() throws SQLException;
}
