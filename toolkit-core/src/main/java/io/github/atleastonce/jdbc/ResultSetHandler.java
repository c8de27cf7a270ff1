package io.github.atleastonce.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.ResultSet;
import org.jspecify.annotations.Nullable;

/** Stands between a service and a result set through which it may write. */
final class ResultSetHandler implements InvocationHandler {

    private final ResultSet raw;
    private final @Nullable Object statement;
    private final JdbcSteps steps;
    private final SqlStep query;

    private ResultSetHandler(ResultSet raw, @Nullable Object statement, JdbcSteps steps, SqlStep query) {
        this.raw = raw;
        this.statement = statement;
        this.steps = steps;
        this.query = query;
    }

    static Object wrap(ResultSet raw, @Nullable Object statement, JdbcSteps steps, SqlStep query) {
        return Delegation.proxy(ResultSet.class, new ResultSetHandler(raw, statement, steps, query));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        return switch (method.getName()) {
            case "insertRow" -> write("insert", method, arguments);
            case "updateRow" -> write("update", method, arguments);
            case "deleteRow" -> write("delete", method, arguments);
            case "getStatement" -> statement;
            case "equals" -> proxy == Delegation.given(arguments)[0];
            case "unwrap", "isWrapperFor" ->
                steps.beneath().unwrap(proxy, raw, method, (Class<?>) Delegation.given(arguments)[0], steps.physical());
            default -> Delegation.call(raw, method, arguments);
        };
    }

    private @Nullable Object write(String kind, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        return steps.statement(
                SqlStep.of(kind, query.table()), new SqlValues(), () -> Delegation.call(raw, method, arguments));
    }
}
