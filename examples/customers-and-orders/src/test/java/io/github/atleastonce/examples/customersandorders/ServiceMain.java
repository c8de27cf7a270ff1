package io.github.atleastonce.examples.customersandorders;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.atleastonce.examples.jvm.Ticking;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.transaction.TransactionException;

/** One of the three services in a process of its own, with plain clients of Kafka and PostgreSQL. */
final class ServiceMain {

    static final List<String> SERVICES = List.of("orders", "customers", "notifications");

    /** Those with an outbox. */
    static final List<String> RELAYING = List.of("orders", "customers");

    /** What it prints when messages come to it. */
    static final String JOINED = "joined";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ServiceMain() {}

    /**
     * Takes the brokers, the URL of the database, the name of the service, what the customers remember, and what the orders do first with an event; without them it
     * only loads its classes, for an archive of those.
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            rehearse();
            return;
        }
        PGSimpleDataSource db = new PGSimpleDataSource();
        db.setUrl(arguments[1]);
        String service = arguments[2];
        try (KafkaProducer<String, String> producer = producer(arguments[0]);
                KafkaConsumer<String, String> consumer = consumer(arguments[0], service)) {
            Channels channels = (channel, key, message) -> send(producer, channel, key, message);
            switch (service) {
                case "orders" -> {
                    Orders orders = new Orders(db, channels, Relay.valueOf(arguments[4]));
                    Ticking.start("relay", orders::relay);
                    handle(consumer, List.of("requests", "customers"), next -> {
                        if (next.topic().equals("requests")) {
                            orders.on(JSON.readValue(next.value(), OrderRequest.class));
                        } else {
                            orders.on(JSON.readValue(next.value(), OrderEvent.class));
                        }
                    });
                }
                case "customers" -> {
                    Customers customers = new Customers(db, channels, Customers.Memory.valueOf(arguments[3]));
                    Ticking.start("relay", customers::relay);
                    handle(
                            consumer,
                            List.of("orders"),
                            next -> customers.on(JSON.readValue(next.value(), OrderEvent.class)));
                }
                default -> {
                    Notifications notifications = new Notifications(db);
                    handle(
                            consumer,
                            List.of("orders"),
                            next -> notifications.on(JSON.readValue(next.value(), OrderEvent.class)));
                }
            }
        }
    }

    @FunctionalInterface
    private interface Handling {

        void handle(ConsumerRecord<String, String> next) throws JsonProcessingException;
    }

    /**
     * Says when it is a member of its group: before the first message, at whose steps it may have to wait. Commits all that was polled, so only when it is
     * handled.
     */
    private static void handle(KafkaConsumer<String, String> consumer, List<String> topics, Handling handling)
            throws JsonProcessingException {
        consumer.subscribe(topics, new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                System.out.println(JOINED);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                // What was polled is committed before the next poll.
            }
        });
        while (true) {
            ConsumerRecords<String, String> batch = consumer.poll(Duration.ofMillis(100));
            for (ConsumerRecord<String, String> next : batch) {
                handling.handle(next);
            }
            if (!batch.isEmpty()) {
                consumer.commitSync();
            }
        }
    }

    private static void send(KafkaProducer<String, String> producer, String channel, String key, Object message) {
        try {
            producer.send(new ProducerRecord<>(channel, key, JSON.writeValueAsString(message)))
                    .get();
        } catch (JsonProcessingException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static KafkaProducer<String, String> producer(String brokers) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "linger.ms", 0), new StringSerializer(), new StringSerializer());
    }

    private static KafkaConsumer<String, String> consumer(String brokers, String group) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "group.id",
                        group,
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static void rehearse() throws Exception {
        Class.forName("org.postgresql.jdbc.PgConnection");
        Class.forName("org.postgresql.jdbc.PgPreparedStatement");
        JSON.readValue(JSON.writeValueAsString(new OrderEvent.OrderApproved("o")), OrderEvent.class);
        producer("localhost:1").close(Duration.ZERO);
        try (KafkaConsumer<String, String> consumer = consumer("localhost:1", "none")) {
            consumer.subscribe(List.of("none"));
        }
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://localhost:1/none");
        try {
            new Orders(nowhere, (channel, key, message) -> {}, Relay.SENDS_FIRST)
                    .on(new OrderRequest.PlaceOrder("o", "c", 1));
        } catch (TransactionException unreachable) {
            // As it must be: nobody is there in a rehearsal.
        }
    }
}
