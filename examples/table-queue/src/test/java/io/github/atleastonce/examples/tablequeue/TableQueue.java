package io.github.atleastonce.examples.tablequeue;

import io.github.atleastonce.queue.Envelope;
import io.github.atleastonce.queue.QueueServer;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The table {@code task} of PostgreSQL as queues. What is in somebody's hands is a locked row. */
final class TableQueue implements QueueServer {

    static final String SCHEMA = "CREATE TABLE IF NOT EXISTS task (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
            + " queue TEXT NOT NULL, body TEXT, properties TEXT NOT NULL)";

    private final DataSource db;
    private final Set<String> queues;

    TableQueue(DataSource db, Set<String> queues) {
        this.db = db;
        this.queues = queues;
    }

    @Override
    public boolean has(String queue) {
        return queues.contains(queue);
    }

    @Override
    public String put(String queue, Envelope message) {
        return with("INSERT INTO task (queue, body, properties) VALUES (?, ?, ?) RETURNING id", insert -> {
            insert.setString(1, queue);
            insert.setString(2, message.body());
            insert.setString(3, written(message.properties()));
            return number(insert);
        });
    }

    @Override
    public Optional<InHand> take(String queue) {
        Session session = new Session(db);
        try {
            Optional<InHand> taken = session.take(queue);
            if (taken.isEmpty()) {
                session.end(Connection::rollback);
            }
            return taken;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public long size(String queue) {
        return Long.parseLong(with("SELECT count(*) FROM task WHERE queue = ?", count -> {
            count.setString(1, queue);
            return number(count);
        }));
    }

    @Override
    public void purge() {
        with("DELETE FROM task", PreparedStatement::executeUpdate);
    }

    /** A transaction, which holds one row. */
    private static final class Session {

        private final Connection connection;

        Session(DataSource db) {
            try {
                connection = db.getConnection();
                connection.setAutoCommit(false);
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }

        Optional<InHand> take(String queue) throws SQLException {
            try (PreparedStatement next = connection.prepareStatement(
                    "SELECT id, body, properties FROM task WHERE queue = ? ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED")) {
                next.setString(1, queue);
                try (ResultSet row = next.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Row(
                                    this,
                                    row.getLong("id"),
                                    new Envelope(read(row.getString("properties")), row.getString("body"))))
                            : Optional.empty();
                }
            }
        }

        void delete(long id) throws SQLException {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM task WHERE id = ?")) {
                delete.setLong(1, id);
                delete.executeUpdate();
            }
        }

        void end(Ending ending) {
            try (connection) {
                ending.perform(connection);
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private record Row(Session session, long id, Envelope envelope) implements InHand {

        @Override
        public String identity() {
            return Long.toString(id);
        }

        @Override
        public int deliveries() {
            return 0;
        }

        @Override
        public void acknowledge() {
            session.end(connection -> {
                session.delete(id);
                connection.commit();
            });
        }

        @Override
        public void giveBack() {
            session.end(Connection::rollback);
        }
    }

    private interface Ending {

        void perform(Connection connection) throws SQLException;
    }

    private interface Use<T> {

        T of(PreparedStatement statement) throws SQLException;
    }

    private <T> T with(String sql, Use<T> use) {
        try (Connection connection = db.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return use.of(statement);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String number(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private static String written(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(property -> encoded(property.getKey()) + "=" + encoded(property.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static Map<String, String> read(String properties) {
        Map<String, String> read = new LinkedHashMap<>();
        for (String property : properties.isEmpty() ? new String[0] : properties.split("&")) {
            int equals = property.indexOf('=');
            read.put(decoded(property.substring(0, equals)), decoded(property.substring(equals + 1)));
        }
        return read;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
