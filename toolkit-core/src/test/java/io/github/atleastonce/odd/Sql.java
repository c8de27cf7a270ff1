package io.github.atleastonce.odd;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Plain JDBC in few words. */
final class Sql {

    private static final String DUPLICATE_KEY = "23505";

    /** Work on a connection. */
    @FunctionalInterface
    interface Work {
        void on(Connection connection) throws Exception;
    }

    private Sql() {}

    /** Commits what the work does, or rolls it back and throws on. */
    static void inTransaction(DataSource source, Work work) throws Exception {
        try (Connection connection = source.getConnection()) {
            inTransaction(connection, work);
        }
    }

    static void inTransaction(Connection connection, Work work) throws Exception {
        connection.setAutoCommit(false);
        try {
            work.on(connection);
            connection.commit();
        } catch (Throwable failure) {
            try {
                connection.rollback();
            } catch (SQLException broken) {
                failure.addSuppressed(broken);
            }
            throw failure;
        }
    }

    static void onAutoCommit(DataSource source, Work work) throws Exception {
        try (Connection connection = source.getConnection()) {
            work.on(connection);
        }
    }

    static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** Returns the number in the first row, or −1 if there is no row. */
    static long number(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : -1;
        }
    }

    /** Returns the text in the first row, or null if there is no row. */
    static String text(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** Notes an order in the inbox; false if it stands there already. */
    static boolean mark(Connection connection, Order order) throws SQLException {
        return update(connection, "INSERT INTO inbox (id) VALUES (?) ON CONFLICT DO NOTHING", order.number()) == 1;
    }

    static void reserve(Connection connection, Order order) throws SQLException {
        update(connection, "UPDATE account SET credit = credit - ? WHERE id = 1", order.amount());
    }

    /** What most services do: note the order, and take its amount off the credit if it was new. */
    static void reserveOnce(Connection connection, Order order) throws SQLException {
        if (mark(connection, order)) {
            reserve(connection, order);
        }
    }

    static boolean isDuplicate(SQLException failure) {
        return DUPLICATE_KEY.equals(failure.getSQLState());
    }
}
