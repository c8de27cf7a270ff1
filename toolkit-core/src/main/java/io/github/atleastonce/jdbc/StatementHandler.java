package io.github.atleastonce.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stands between a service and one of its statements. */
final class StatementHandler implements InvocationHandler {

    private final Object connection;
    private final JdbcSteps steps;
    private final Statement raw;
    private final @Nullable SqlStep prepared;
    private @Nullable SqlStep batch;
    private SqlStep executed = SqlStep.UNKNOWN;
    private SqlValues values = new SqlValues();

    private StatementHandler(Object connection, JdbcSteps steps, Statement raw, @Nullable SqlStep prepared) {
        this.connection = connection;
        this.steps = steps;
        this.raw = raw;
        this.prepared = prepared;
    }

    static Object wrap(
            Class<? extends Statement> type,
            Object connection,
            JdbcSteps steps,
            @Nullable Object raw,
            @Nullable String sql)
            throws SQLException {
        if (!(raw instanceof Statement statement)) {
            throw new SQLException("The driver gave no statement.");
        }
        SqlStep prepared = sql == null ? null : SqlStep.of(sql);
        return Delegation.proxy(type, new StatementHandler(connection, steps, statement, prepared));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        Object[] given = Delegation.given(arguments);
        switch (method.getName()) {
            case "execute", "executeQuery", "executeUpdate", "executeLargeUpdate":
                executed = stepOf(given);
                return seen(
                        proxy,
                        steps.statement(executed, takeValues(given), () -> Delegation.call(raw, method, arguments)));
            case "executeBatch", "executeLargeBatch":
                SqlStep step = batch != null ? batch : stepOf(given);
                batch = null;
                return steps.statement(step, takeValues(given), () -> Delegation.call(raw, method, arguments));
            case "addBatch":
                if (batch == null) {
                    batch = stepOf(given);
                }
                return Delegation.call(raw, method, arguments);
            case "getConnection":
                return connection;
            case "unwrap", "isWrapperFor":
                return steps.beneath().unwrap(proxy, raw, method, (Class<?>) given[0], steps.physical());
            case "equals":
                return proxy == given[0];
            default:
                note(method, given);
                return seen(proxy, Delegation.call(raw, method, arguments));
        }
    }

    /** A result set leads back to its statement and connection, and may be written through. */
    private @Nullable Object seen(Object proxy, @Nullable Object result) {
        return result instanceof ResultSet rows ? ResultSetHandler.wrap(rows, proxy, steps, executed) : result;
    }

    /** Times are others each time. */
    private void note(Method method, Object[] given) {
        boolean sets = method.getName().startsWith("set") && given.length > 1;
        if (sets && (given[1] instanceof String || given[1] instanceof Number || given[1] instanceof UUID)) {
            values.add(given[1]);
        }
    }

    private SqlValues takeValues(Object[] given) {
        SqlValues taken = values;
        if (given.length > 0 && given[0] instanceof String sql) {
            taken.addText(sql);
        }
        values = new SqlValues();
        return taken;
    }

    private SqlStep stepOf(Object[] arguments) {
        if (prepared != null) {
            return prepared;
        }
        return SqlStep.of(arguments.length > 0 && arguments[0] instanceof String sql ? sql : "");
    }
}
