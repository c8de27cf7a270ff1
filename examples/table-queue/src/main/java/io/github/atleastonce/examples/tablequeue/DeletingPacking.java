package io.github.atleastonce.examples.tablequeue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Wrong: the row is deleted, and that is committed, before the work is done. Nobody else sees it, and a crash loses it. */
public final class DeletingPacking implements Packing {

    private static final String NEXT = "DELETE FROM task WHERE id ="
            + " (SELECT id FROM task WHERE queue = 'packing' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id";

    private final DataSource db;

    public DeletingPacking(DataSource db) {
        this.db = db;
    }

    @Override
    public boolean packNext() {
        try (Connection connection = db.getConnection();
                Statement statement = connection.createStatement();
                ResultSet next = statement.executeQuery(NEXT)) {
            if (!next.next()) {
                return false;
            }
            LockingPacking.pack(connection);
            return true;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
