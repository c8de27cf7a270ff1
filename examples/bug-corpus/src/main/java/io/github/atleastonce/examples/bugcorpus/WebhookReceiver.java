package io.github.atleastonce.examples.bugcorpus;

import java.sql.SQLException;

/** An endpoint of webhooks. */
public interface WebhookReceiver {

    /** Takes an event, and returns the status of the answer. */
    int receive(WebhookEvent event) throws SQLException;

    /** Does what was put off until after an answer; returns whether there was anything. */
    default boolean work() throws SQLException {
        return false;
    }
}
