package io.github.atleastonce.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
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

    /** Tells what was done last, as far as the server tells it to another session; another text after each write. */
    default String trail(DataSource bare) {
        return "";
    }

    /** Says what was written between two answers of {@link #trail}, if anything was. */
    default Optional<String> written(String before, String after) {
        return Optional.empty();
    }

    /** Says whether whoever reads is never held up by rows that others have written and not committed. */
    default boolean readsPastWriters() {
        return false;
    }

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
