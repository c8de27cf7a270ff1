package io.github.atleastonce.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The server's side of one connection. */
interface Server {

    /** Cuts the connection without a word to the server. */
    void abort(Connection raw, DataSource bare);

    /** Waits until the server has noticed. */
    void awaitGone(DataSource bare);

    /** Says whether the session waits for a lock of another one. */
    boolean blocks(DataSource bare);

    /** Lets the server look for a deadlock soon after this session begins to wait, if it can be told so. */
    default void expectDeadlock(Connection raw) {}

    /** Returns a statement that does nothing. */
    default String probe() {
        return "SELECT 1";
    }

    static Server of(Connection raw) throws SQLException {
        return switch (raw.getMetaData().getDatabaseProductName()) {
            case "PostgreSQL" -> PostgreSqlServer.of(raw);
            case "H2" -> H2Server.of(raw);
            default -> new UnknownServer();
        };
    }
}
