package io.github.atleastonce.examples.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** An ordinary consumer that commits after its work, on a thread of its own. */
final class OrdersConsumer implements AutoCloseable {

    static final String TOPIC = "orders";

    /** Handles an order. */
    @FunctionalInterface
    interface Handler {

        void on(ConsumerRecord<String, String> order) throws Exception;
    }

    private final KafkaConsumer<String, String> consumer;
    private final Handler handler;
    private final Thread thread = new Thread(this::listen, "listener");

    OrdersConsumer(String servers, String group, String protocol, Handler handler) {
        this.handler = handler;
        this.consumer = consumer(servers, group, protocol);
    }

    void start() {
        thread.start();
    }

    /** A client as services have it, with nothing set that need not be. */
    static KafkaConsumer<String, String> consumer(String servers, String group, String protocol) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "group.id",
                        group,
                        "group.protocol",
                        protocol,
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        "false"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private void listen() {
        try (consumer) {
            consumer.subscribe(List.of(TOPIC));
            while (true) {
                for (ConsumerRecord<String, String> order : consumer.poll(Duration.ofSeconds(1))) {
                    handler.on(order);
                }
                consumer.commitSync();
            }
        } catch (WakeupException closing) {
            // close() has asked for it
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
