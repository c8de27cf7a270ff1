package io.github.atleastonce.examples.customersandorders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The events of a service that are not yet on their channel. They are written in the transaction of what they tell. */
final class Outbox {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcTemplate jdbc;
    private final String channel;
    private final Channels channels;
    private final Relay relay;

    private record Row(long id, String event) {}

    Outbox(JdbcTemplate jdbc, String channel, Channels channels, Relay relay) {
        this.jdbc = jdbc;
        this.channel = channel;
        this.channels = channels;
        this.relay = relay;
    }

    void add(OrderEvent event) {
        jdbc.update("INSERT INTO outbox (event) VALUES (?)", written(event));
    }

    /** Publishes what waits, in order; a row should go once its event is durable, and not before. Returns whether anything waited. */
    boolean relay() {
        List<Row> rows = jdbc.query(
                "SELECT id, event FROM outbox ORDER BY id", (row, number) -> new Row(row.getLong(1), row.getString(2)));
        for (Row row : rows) {
            if (relay == Relay.DELETES_FIRST) {
                delete(row);
            }
            OrderEvent event = read(row.event());
            channels.send(channel, event.orderId(), event);
            if (relay == Relay.SENDS_FIRST) {
                delete(row);
            }
        }
        return !rows.isEmpty();
    }

    private void delete(Row row) {
        jdbc.update("DELETE FROM outbox WHERE id = ?", row.id());
    }

    private static String written(OrderEvent event) {
        try {
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static OrderEvent read(String event) {
        try {
            return JSON.readValue(event, OrderEvent.class);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
