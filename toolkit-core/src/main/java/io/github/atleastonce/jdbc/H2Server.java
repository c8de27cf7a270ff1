package io.github.atleastonce.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** H2 within this JVM: its {@code abort} does nothing, so the session is cancelled and rolled back instead. */
final class H2Server implements Server {

    private static final String SESSION = "SELECT SESSION_ID()";
    private static final String CANCEL = "CALL CANCEL_SESSION(?)";
    /** Who waits is woken some time after the one that it waits for has committed: only one that has not is in the way. */
    private static final String BLOCKER = "SELECT 1 FROM INFORMATION_SCHEMA.SESSIONS waiting"
            + " JOIN INFORMATION_SCHEMA.SESSIONS blocker ON blocker.SESSION_ID = waiting.BLOCKER_ID"
            + " WHERE waiting.SESSION_ID = ? AND blocker.CONTAINS_UNCOMMITTED";

    private final int session;

    private H2Server(int session) {
        this.session = session;
    }

    static H2Server of(Connection raw) throws SQLException {
        try (PreparedStatement query = raw.prepareStatement(SESSION);
                ResultSet row = query.executeQuery()) {
            row.next();
            return new H2Server(row.getInt(1));
        }
    }

    @Override
    public void abort(Connection raw, DataSource bare) {
        try (Connection side = bare.getConnection();
                PreparedStatement cancel = side.prepareStatement(CANCEL)) {
            // A statement that waits for a lock would keep the session, and the rollback waiting.
            cancel.setInt(1, session);
            cancel.execute();
            if (!raw.getAutoCommit()) {
                raw.rollback();
            }
        } catch (SQLException alreadyClosed) {
            // Nothing of it is left to roll back.
        }
    }

    @Override
    public void awaitGone(DataSource bare) {
        // The rollback has ended it.
    }

    @Override
    public boolean readsPastWriters() {
        return true;
    }

    @Override
    public boolean blocks(DataSource bare) {
        try (Connection side = bare.getConnection();
                PreparedStatement query = side.prepareStatement(BLOCKER)) {
            query.setInt(1, session);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        } catch (SQLException unknown) {
            return false;
        }
    }
}
