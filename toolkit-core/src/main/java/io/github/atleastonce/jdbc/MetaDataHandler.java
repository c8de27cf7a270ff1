package io.github.atleastonce.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** What a connection says of its database. It leads back to the connection, so that is the one that the service has, too. */
final class MetaDataHandler implements InvocationHandler {

    private final DatabaseMetaData raw;
    private final Object connection;
    private final JdbcSteps steps;

    private MetaDataHandler(DatabaseMetaData raw, Object connection, JdbcSteps steps) {
        this.raw = raw;
        this.connection = connection;
        this.steps = steps;
    }

    static Object wrap(@Nullable Object raw, Object connection, JdbcSteps steps) throws SQLException {
        if (!(raw instanceof DatabaseMetaData metaData)) {
            throw new SQLException("The driver gave no metadata.");
        }
        return Delegation.proxy(DatabaseMetaData.class, new MetaDataHandler(metaData, connection, steps));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        Object[] given = Delegation.given(arguments);
        switch (method.getName()) {
            case "getConnection":
                return connection;
            case "unwrap", "isWrapperFor":
                return steps.beneath().unwrap(proxy, raw, method, (Class<?>) given[0], steps.physical());
            case "equals":
                return proxy == given[0];
            default:
                Object result = Delegation.call(raw, method, arguments);
                return result instanceof ResultSet rows
                        ? ResultSetHandler.wrap(rows, statementOf(rows), steps, SqlStep.UNKNOWN)
                        : result;
        }
    }

    private @Nullable Object statementOf(ResultSet rows) throws SQLException {
        Statement statement = rows.getStatement();
        return statement == null ? null : StatementHandler.wrap(Statement.class, connection, steps, statement, null);
    }
}
