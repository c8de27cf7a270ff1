package io.github.atleastonce.jdbc;

import io.github.atleastonce.log.CrashLogs;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.task.Contention;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/** A connection as the bare data source gave it, perhaps out of a pool, and what is at the other end of it. */
final class PhysicalConnection implements Contention {

    private final Connection raw;
    private final Lifetime life;
    private final DataSource bare;
    private final Server server;
    private final boolean fromPool;

    PhysicalConnection(Connection raw, Lifetime life, DataSource bare) throws SQLException {
        this.raw = raw;
        this.life = life;
        this.bare = bare;
        this.server = Server.of(raw);
        this.fromPool = bare instanceof AutoCloseable
                || bare.getClass().getName().toLowerCase(Locale.ROOT).contains("pool")
                || raw.unwrap(Connection.class) != raw;
    }

    /** Says whether it seems to come out of a pool, of which another one may be one too many. */
    boolean isFromPool() {
        return fromPool;
    }

    Connection raw() {
        return raw;
    }

    Lifetime life() {
        return life;
    }

    DataSource bare() {
        return bare;
    }

    Server server() {
        return server;
    }

    /** Says whether the server lets a statement of this connection wait for a lock that another session holds. */
    @Override
    public boolean isBlocked() {
        return server.blocks(bare);
    }

    /** Lets the server look for a deadlock at once if this connection waits: they are rare in production, not in interleavings. */
    @Override
    public void comesLast() {
        server.expectDeadlock(raw);
    }

    void cut() {
        cut(List.of(this));
    }

    /** Aborts connections, then waits until their sessions are gone, so that they hold no locks any more. */
    static void cut(List<PhysicalConnection> connections) {
        for (PhysicalConnection connection : connections) {
            connection.server.abort(connection.raw, connection.bare);
            CrashLogs.silently(connection::tellPool);
        }
        for (PhysicalConnection connection : connections) {
            connection.server.awaitGone(connection.bare);
        }
    }

    /** A pool above learns of the loss only by using the connection: give it the chance, then give the connection back. */
    private void tellPool() {
        try (Connection returned = raw;
                Statement statement = returned.createStatement()) {
            statement.execute(server.probe());
        } catch (SQLException expected) {
            // The connection is broken: that is the purpose.
        }
    }
}
