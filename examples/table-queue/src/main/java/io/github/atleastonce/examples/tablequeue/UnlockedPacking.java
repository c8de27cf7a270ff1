package io.github.atleastonce.examples.tablequeue;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Wrong: two instances see the same row before one of them has deleted it, and pack it twice. */
public final class UnlockedPacking implements Packing {

    private static final String NEXT = "SELECT id FROM task WHERE queue = 'packing' ORDER BY id LIMIT 1";

    private final DataSource db;

    public UnlockedPacking(DataSource db) {
        this.db = db;
    }

    @Override
    public boolean packNext() {
        try (Connection connection = db.getConnection()) {
            connection.setAutoCommit(false);
            return LockingPacking.packNext(connection, NEXT);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
