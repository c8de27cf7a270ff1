package io.github.atleastonce.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A server of which nothing is known but JDBC: an aborted connection is taken to be gone, and no lock wait is seen. */
final class UnknownServer implements Server {

    @Override
    public void abort(Connection raw, DataSource bare) {
        try {
            raw.abort(Runnable::run);
        } catch (SQLException alreadyBroken) {
            // It cannot do anything any more, which is what was wanted.
        }
    }

    @Override
    public void awaitGone(DataSource bare) {
        // Nothing tells.
    }

    @Override
    public boolean blocks(DataSource bare) {
        return false;
    }
}
