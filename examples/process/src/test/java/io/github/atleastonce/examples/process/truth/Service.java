package io.github.atleastonce.examples.process.truth;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.examples.bugcorpus.Order;
import javax.sql.DataSource;

/** A service that reserves credit for orders: it knows neither tests nor whether it runs in a process of its own. */
@FunctionalInterface
interface Service {

    /** Where reservations are announced. */
    @FunctionalInterface
    interface Announcements {
        void send(String order) throws Exception;
    }

    /** What a service has. */
    record Surroundings(DataSource source, Announcements announcements) {

        Database db() {
            return new Database(source);
        }
    }

    void on(Order order, Surroundings surroundings) throws Exception;

    /** Looks once for what waits to be announced, beside all else that the service does; says whether there was anything. */
    default boolean relays(Surroundings surroundings) throws Exception {
        return false;
    }
}
