package io.github.atleastonce.jdbc;

import io.github.atleastonce.schedule.Injected;
import java.sql.SQLException;

/** What an application is told at the step at which its connection is lost, and by that connection from then on. */
final class LostConnectionException extends SQLException implements Injected {

    private static final long serialVersionUID = 1;

    LostConnectionException(String message, String state) {
        super(message, state);
    }
}
