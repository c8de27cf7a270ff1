package io.github.atleastonce.examples.bugcorpus.presets;

import io.github.atleastonce.examples.bugcorpus.Database;
import io.github.atleastonce.run.Life;
import java.sql.SQLException;
import java.util.List;

/** Eventuate Tram's {@code message}, read by its published flag in the order of the ids, as its polling reader does. */
final class EventuateTable implements Table {

    static final String SCHEMA = "CREATE SCHEMA eventuate; CREATE TABLE eventuate.message (id VARCHAR(255) PRIMARY KEY,"
            + " destination TEXT NOT NULL, headers TEXT NOT NULL, payload TEXT NOT NULL, published SMALLINT DEFAULT 0,"
            + " message_partition SMALLINT, creation_time BIGINT)";

    @Override
    public void store(Database tx, String order) throws SQLException {
        String id = "0000018f-" + order;
        tx.update(
                "INSERT INTO eventuate.message (id, destination, headers, payload, creation_time) VALUES (?, ?, ?, ?, ?)",
                id,
                "events",
                "{\"ID\":\"" + id + "\"}",
                order,
                1L);
    }

    @Override
    public boolean relay(Database db, Life life) throws SQLException {
        List<Object> rows = pending(db);
        for (Object row : rows) {
            send(db, life, row);
        }
        for (Object row : rows) {
            mark(db, row);
        }
        return !rows.isEmpty();
    }

    @Override
    public boolean relayTooLate(Database db, Life life) throws SQLException {
        List<Object> rows = pending(db);
        for (Object row : rows) {
            mark(db, row);
            send(db, life, row);
        }
        return !rows.isEmpty();
    }

    private static List<Object> pending(Database db) throws SQLException {
        return db.query("SELECT id FROM eventuate.message WHERE published = 0 ORDER BY id ASC LIMIT 1000");
    }

    private static void send(Database db, Life life, Object row) throws SQLException {
        Object order = db.query("SELECT payload FROM eventuate.message WHERE id = ?", row)
                .get(0);
        Table.send(life, row.toString(), order.toString());
    }

    private static void mark(Database db, Object row) throws SQLException {
        db.update("UPDATE eventuate.message SET published = 1 WHERE id = ?", row);
    }
}
