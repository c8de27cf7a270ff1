package io.github.atleastonce.examples.tablequeue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Takes a task, does its work and deletes it in one transaction, and leaves out what another instance has taken. */
public final class LockingPacking implements Packing {

    private static final String NEXT =
            "SELECT id FROM task WHERE queue = 'packing' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED";

    private final DataSource db;

    public LockingPacking(DataSource db) {
        this.db = db;
    }

    @Override
    public boolean packNext() {
        try (Connection connection = db.getConnection()) {
            connection.setAutoCommit(false);
            return packNext(connection, NEXT);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static boolean packNext(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet next = statement.executeQuery(query)) {
            if (!next.next()) {
                connection.rollback();
                return false;
            }
            long id = next.getLong("id");
            pack(connection);
            delete(connection, id);
            connection.commit();
            return true;
        }
    }

    static void pack(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE stock SET pieces = pieces - 1");
        }
    }

    private static void delete(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM task WHERE id = ?")) {
            statement.setLong(1, id);
            statement.executeUpdate();
        }
    }
}
