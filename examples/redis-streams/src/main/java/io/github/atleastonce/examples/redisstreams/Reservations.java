package io.github.atleastonce.examples.redisstreams;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;

/** Reserves credit for each order in the stream {@code orders}, whose body reads {@code order:customer:amount}. */
public final class Reservations {

    private static final StreamEntryID PENDING = new StreamEntryID("0-0");

    private final Jedis redis;
    private final DataSource db;
    private final boolean looksBack;

    /**
     * Creates a worker.
     *
     * @param redis the connection of this worker
     * @param db where the credit is kept
     * @param looksBack whether it first reads what it was given and has not acknowledged; a worker that does not loses what it had in hand when it died
     */
    public Reservations(Jedis redis, DataSource db, boolean looksBack) {
        this.redis = redis;
        this.db = db;
        this.looksBack = looksBack;
    }

    /** Handles the next order, and says whether there was one. */
    public boolean handleNext() {
        List<StreamEntry> entries = looksBack ? read(PENDING) : List.of();
        if (entries.isEmpty()) {
            entries = read(StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY);
        }
        for (StreamEntry entry : entries) {
            reserve(entry.getFields().getOrDefault("body", ""));
            redis.xack("orders", "credit", entry.getID());
        }
        return !entries.isEmpty();
    }

    private List<StreamEntry> read(StreamEntryID after) {
        List<Map.Entry<String, List<StreamEntry>>> streams = redis.xreadGroup(
                "credit", "worker", XReadGroupParams.xReadGroupParams().count(1), Map.of("orders", after));
        return streams == null || streams.isEmpty() ? List.of() : streams.get(0).getValue();
    }

    private void reserve(String order) {
        String[] parts = order.split(":");
        try (Connection connection = db.getConnection()) {
            connection.setAutoCommit(false);
            if (isFirst(connection, parts[0])) {
                try (PreparedStatement update =
                        connection.prepareStatement("UPDATE customer SET credit = credit - ? WHERE id = ?")) {
                    update.setInt(1, Integer.parseInt(parts[2]));
                    update.setString(2, parts[1]);
                    update.executeUpdate();
                }
            }
            connection.commit();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static boolean isFirst(Connection connection, String order) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO reservation VALUES (?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, order);
            return insert.executeUpdate() == 1;
        }
    }
}
