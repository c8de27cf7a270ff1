package io.github.atleastonce.examples.bugcorpus;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Plain JDBC, as short as samples want it. */
public final class Database {

    /** What is done on one connection. */
    @FunctionalInterface
    public interface Work {

        /** Does the work. */
        void on(Database connection) throws SQLException;
    }

    private final DataSource source;
    private final @Nullable Connection present;

    /** Uses a data source, a connection for each statement or transaction. */
    public Database(DataSource source) {
        this(source, null);
    }

    private Database(DataSource source, @Nullable Connection present) {
        this.source = source;
        this.present = present;
    }

    /** Does some work in one transaction. */
    public void inTransaction(Work work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            work.on(new Database(source, connection));
            connection.commit();
        }
    }

    /** Changes rows; outside of a transaction it is one of its own. */
    public int update(String sql, Object... arguments) throws SQLException {
        if (present != null) {
            try (PreparedStatement statement = prepare(present, sql, arguments)) {
                return statement.executeUpdate();
            }
        }
        try (Connection connection = source.getConnection();
                PreparedStatement statement = prepare(connection, sql, arguments)) {
            return statement.executeUpdate();
        }
    }

    /** Reads the first column. */
    public List<Object> query(String sql, Object... arguments) throws SQLException {
        if (present != null) {
            return column(present, sql, arguments);
        }
        try (Connection connection = source.getConnection()) {
            return column(connection, sql, arguments);
        }
    }

    /** Reads numbers out of the first column. */
    public List<Integer> ints(String sql, Object... arguments) throws SQLException {
        return query(sql, arguments).stream()
                .map(value -> ((Number) value).intValue())
                .toList();
    }

    /** Reads texts out of the first column, for the assertions of a test. */
    public List<String> strings(String sql) {
        try {
            return query(sql).stream().map(String::valueOf).toList();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static List<Object> column(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            List<Object> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getObject(1));
            }
            return values;
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... arguments)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }
}
