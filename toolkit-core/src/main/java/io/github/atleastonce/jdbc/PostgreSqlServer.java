package io.github.atleastonce.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A backend of PostgreSQL. One that is idle in its transaction lives some milliseconds longer than its connection, one that waits
 * for a lock for seconds; both keep their locks meanwhile. So it is terminated, and waited for.
 */
final class PostgreSqlServer implements Server {

    /** Asks the function below {@code pg_stat_activity}: a pool often gives a fresh connection, which would have to learn the view first. */
    private static final String TERMINATE = "SELECT pg_terminate_backend(pid) FROM pg_stat_get_activity(?)";

    /** The server's own workers, such as autovacuum, give way by themselves: only a client can be in the way for long. */
    private static final String BLOCKERS = "SELECT count(*) FROM pg_stat_activity"
            + " WHERE pid = ANY (pg_blocking_pids(?)) AND backend_type = 'client backend'";

    /** What a backend was asked last stays there when it is idle. */
    private static final String LAST = "SELECT query_start, query FROM pg_stat_activity WHERE pid = ?";

    private static final long POLL_NANOS = 200_000;
    private static final int POLLS = 25_000;

    private final int pid;

    private PostgreSqlServer(int pid) {
        this.pid = pid;
    }

    static PostgreSqlServer of(Connection raw) throws SQLException {
        if (ask(raw, "getBackendPID") instanceof Integer pid) {
            return new PostgreSqlServer(pid);
        } else {
            try (PreparedStatement query = raw.prepareStatement("SELECT pg_backend_pid()");
                    ResultSet row = query.executeQuery()) {
                row.next();
                return new PostgreSqlServer(row.getInt(1));
            }
        }
    }

    /** The first to wait keeps the server's timeout, a second, and so does whoever is no superuser: they may not set it. */
    @Override
    public void expectDeadlock(Connection raw) {
        try {
            if (!raw.getAutoCommit() && isSuperuser(raw)) {
                try (Statement statement = raw.createStatement()) {
                    statement.execute("SET LOCAL deadlock_timeout = '1ms'");
                }
            }
        } catch (SQLException failedBefore) {
            // What comes next in this transaction fails, too, and waits for nothing.
        }
    }

    private static boolean isSuperuser(Connection raw) throws SQLException {
        return "on".equals(ask(raw, "getParameterStatus", "is_superuser"));
    }

    /** Asks PostgreSQL's own driver for what it knows without the server; null if it is another one. */
    private static @Nullable Object ask(Connection raw, String method, Object... arguments) throws SQLException {
        Connection driver = raw.unwrap(Connection.class);
        Class<?>[] types = Arrays.stream(arguments).map(Object::getClass).toArray(Class<?>[]::new);
        try {
            return driver.getClass().getMethod(method, types).invoke(driver, arguments);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException otherDriver) {
            return null;
        }
    }

    @Override
    public void abort(Connection raw, DataSource bare) {
        try {
            raw.unwrap(Connection.class).abort(Runnable::run);
        } catch (SQLException alreadyBroken) {
            // It cannot do anything any more, which is what was wanted.
        }
    }

    @Override
    public void awaitGone(DataSource bare) {
        try (Connection side = side(bare);
                PreparedStatement terminate = side.prepareStatement(TERMINATE)) {
            terminate.setInt(1, pid);
            for (int poll = 0; poll < POLLS; poll++) {
                try (ResultSet found = terminate.executeQuery()) {
                    if (!found.next()) {
                        return;
                    }
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
            throw new IllegalStateException("The PostgreSQL backend " + pid + " of a dead life did not end.");
        } catch (SQLException failure) {
            throw new IllegalStateException(
                    "It could not be seen whether the PostgreSQL backend " + pid + " of a dead life has ended.",
                    failure);
        }
    }

    @Override
    public String trail(DataSource bare) {
        return ask(bare, LAST, row -> row.next() ? row.getString(1) + "\n" + row.getString(2) : "", "");
    }

    @Override
    public Optional<String> written(String before, String after) {
        String query = after.substring(after.indexOf('\n') + 1);
        // An empty query is how the driver asks whether a connection is valid.
        if (after.equals(before) || query.isBlank()) {
            return Optional.empty();
        }
        SqlStep last = SqlStep.of(query);
        return last.isHarmless() || last.endsTransaction() && !last.isCommit()
                ? Optional.empty()
                : Optional.of(last.name());
    }

    @Override
    public boolean readsPastWriters() {
        return true;
    }

    @Override
    public boolean blocks(DataSource bare) {
        return ask(bare, BLOCKERS, row -> row.next() && row.getInt(1) > 0, false);
    }

    /** Reads an answer. */
    @FunctionalInterface
    private interface Reading<T> {
        T of(ResultSet rows) throws SQLException;
    }

    /** Asks about this backend on another connection. */
    private <T> T ask(DataSource bare, String sql, Reading<T> reading, T unknown) {
        try (Connection side = side(bare);
                PreparedStatement query = side.prepareStatement(sql)) {
            query.setInt(1, pid);
            try (ResultSet rows = query.executeQuery()) {
                return reading.of(rows);
            }
        } catch (SQLException broken) {
            return unknown;
        }
    }

    /** What is asked within a transaction would be answered from its snapshot. */
    private static Connection side(DataSource bare) throws SQLException {
        Connection side = bare.getConnection();
        if (!side.getAutoCommit()) {
            side.setAutoCommit(true);
        }
        return side;
    }
}
