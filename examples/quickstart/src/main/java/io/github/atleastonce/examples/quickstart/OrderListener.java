package io.github.atleastonce.examples.quickstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the topic {@code orders} on a thread of its own, and commits its offsets after its work. */
public final class OrderListener implements AutoCloseable {

    private final ObjectMapper json = new ObjectMapper();
    private final CreditReservation reservation;
    private final KafkaConsumer<String, String> consumer;
    private final Thread thread = new Thread(this::listen, "order-listener");

    /**
     * Starts to listen.
     *
     * @param bootstrapServers where Kafka is
     * @param reservation handles the orders
     */
    public OrderListener(String bootstrapServers, CreditReservation reservation) {
        this.reservation = reservation;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "group.id", "credit-service",
                        "auto.offset.reset", "earliest",
                        "enable.auto.commit", "false"),
                new StringDeserializer(),
                new StringDeserializer());
        thread.start();
    }

    /** Stops listening. */
    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        try (consumer) {
            consumer.subscribe(List.of("orders"));
            while (true) {
                ConsumerRecords<String, String> orders = consumer.poll(Duration.ofSeconds(1));
                for (ConsumerRecord<String, String> order : orders) {
                    reservation.reserve(json.readValue(order.value(), OrderCreated.class));
                }
                commit();
            }
        } catch (WakeupException closing) {
            // close() has asked for it
        } catch (SQLException | JsonProcessingException failure) {
            throw new IllegalStateException("An order could not be handled", failure);
        }
    }

    private void commit() {
        try {
            consumer.commitSync();
        } catch (CommitFailedException rebalanced) {
            // The orders belong to another member by now, and come again.
        }
    }
}
