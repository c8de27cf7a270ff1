package io.github.atleastonce.jdbc;

import io.github.atleastonce.run.UsageException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Describes the table of a transactional outbox: which rows are pending, and which are marked as sent. A row that has vanished may
 * have been sent. Immutable.
 *
 * @param pending selects the ids of the rows that wait, or null if the table does not tell
 * @param sent selects the ids of the rows that are marked as sent, or null if the table does not tell
 */
@API(status = API.Status.EXPERIMENTAL)
public record OutboxTable(
        @Nullable String pending, @Nullable String sent) {

    /**
     * Describes a hand-written table with a column that is true once a row was sent.
     *
     * @param table the table
     * @param id the column of the row's id
     * @param flag the boolean column
     * @return the description
     */
    public static OutboxTable polling(String table, String id, String flag) {
        String rows = "SELECT " + id + " FROM " + table + " WHERE ";
        return new OutboxTable(rows + "NOT " + flag, rows + flag);
    }

    /**
     * Describes a hand-written table whose rows are deleted once they were sent.
     *
     * @param table the table
     * @param id the column of the row's id
     * @return the description
     */
    public static OutboxTable deleting(String table, String id) {
        return new OutboxTable("SELECT " + id + " FROM " + table, null);
    }

    /**
     * Describes {@code TXNO_OUTBOX} of gruelbox transaction-outbox: a row is done when it was deleted or is marked processed.
     *
     * @return the description
     */
    public static OutboxTable gruelbox() {
        return polling("TXNO_OUTBOX", "id", "processed");
    }

    /**
     * Describes {@code event_publication} of Spring Modulith: a row for each listener, done when it has a completion date, or was
     * deleted or archived.
     *
     * @return the description
     */
    public static OutboxTable springModulith() {
        String rows = "SELECT id FROM event_publication WHERE completion_date IS ";
        return new OutboxTable(rows + "NULL", rows + "NOT NULL");
    }

    /**
     * Describes {@code message} of Eventuate Tram, whose CDC service marks what it has published if it polls the table. A service that
     * reads the database's log marks nothing: take {@link #debezium()} for it.
     *
     * @return the description
     */
    public static OutboxTable eventuateTram() {
        String rows = "SELECT id FROM eventuate.message WHERE published ";
        return new OutboxTable(rows + "= 0", rows + "<> 0");
    }

    /**
     * Describes the table of Debezium's outbox event router, which is read from the database's log: it tells nothing, so only
     * the channel does.
     *
     * @return the description
     */
    public static OutboxTable debezium() {
        return new OutboxTable(null, null);
    }

    /**
     * Returns the rows that wait.
     *
     * @param db the database
     * @return their ids as text, empty if the table does not tell
     */
    public List<String> pending(DataSource db) {
        return pending == null ? List.of() : select(db, pending);
    }

    /**
     * Returns the rows that are marked as sent.
     *
     * @param db the database
     * @return their ids as text, empty if the table does not tell
     */
    public List<String> sent(DataSource db) {
        return sent == null ? List.of() : select(db, sent);
    }

    private static List<String> select(DataSource db, String sql) {
        try (Connection connection = db.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(String.valueOf(rows.getString(1)));
            }
            return ids;
        } catch (SQLException failure) {
            throw new UsageException(
                    "The outbox could not be read by \"" + sql + "\": " + failure.getMessage(), failure);
        }
    }
}
