package io.github.atleastonce.examples.bugcorpus.presets;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.run.Life;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of Debezium's outbox event router. A row is deleted in the transaction that stores it, so nothing is ever seen in the table:
 * events are read from PostgreSQL's log through a replication slot, which is moved on once they were sent.
 */
final class DebeziumTable implements Table {

    static final String SCHEMA =
            "CREATE TABLE outbox (id UUID NOT NULL PRIMARY KEY, aggregatetype VARCHAR(255) NOT NULL,"
                    + " aggregateid VARCHAR(255) NOT NULL, type VARCHAR(255) NOT NULL, payload JSONB)";
    static final String SLOT = "SELECT pg_create_logical_replication_slot('debezium', 'test_decoding')";
    static final String REST = "SELECT pg_replication_slot_advance('debezium', pg_current_wal_lsn())";

    private static final String PEEK =
            "SELECT lsn || ' ' || data FROM pg_logical_slot_peek_changes('debezium', NULL, NULL)";
    private static final String TAKE =
            "SELECT lsn || ' ' || data FROM pg_logical_slot_get_changes('debezium', NULL, NULL)";
    private static final Pattern INSERT = Pattern.compile(
            "\\S+ table public\\.outbox: INSERT: id\\[uuid\\]:'([^']+)' .*aggregateid\\[[^\\]]*\\]:'([^']+)' .*");

    @Override
    public void store(Database tx, String order) throws SQLException {
        UUID id = UUID.nameUUIDFromBytes(order.getBytes(StandardCharsets.UTF_8));
        tx.update("INSERT INTO outbox VALUES (?, 'order', ?, 'OrderPlaced', '{}'::JSONB)", id, order);
        tx.update("DELETE FROM outbox WHERE id = ?", id);
    }

    @Override
    public boolean relay(Database db, Life life) throws SQLException {
        List<String> changes = changes(db, PEEK);
        boolean found = send(life, changes);
        if (found) {
            String last = changes.get(changes.size() - 1);
            db.query(
                    "SELECT end_lsn FROM pg_replication_slot_advance('debezium', ?::PG_LSN)",
                    last.substring(0, last.indexOf(' ')));
        }
        return found;
    }

    @Override
    public boolean relayTooLate(Database db, Life life) throws SQLException {
        return send(life, changes(db, TAKE));
    }

    private static List<String> changes(Database db, String sql) throws SQLException {
        return db.query(sql).stream().map(String::valueOf).toList();
    }

    private static boolean send(Life life, List<String> changes) {
        boolean found = false;
        for (String change : changes) {
            Matcher insert = INSERT.matcher(change);
            if (insert.matches()) {
                found = true;
                Table.send(life, insert.group(1), insert.group(2));
            }
        }
        return found;
    }
}
