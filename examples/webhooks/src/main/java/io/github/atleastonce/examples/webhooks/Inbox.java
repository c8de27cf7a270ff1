package io.github.atleastonce.examples.webhooks;

import java.sql.SQLException;

/** Where events go that were received. */
@FunctionalInterface
interface Inbox {

    /** Takes an event, the same once. */
    void take(String id, String body) throws SQLException;
}
