package io.github.atleastonce.examples.process.truth;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.jvm.Ticking;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.postgresql.ds.PGSimpleDataSource;

/** The service in a process of its own. */
final class CreditProcess {

    private CreditProcess() {}

    /** Takes the brokers, the URL of the database, and the name of the service; without them it only loads its classes, for an archive of those. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            rehearse();
            return;
        }
        PGSimpleDataSource db = new PGSimpleDataSource();
        db.setUrl(arguments[1]);
        ObjectMapper json = new ObjectMapper();
        try (KafkaProducer<String, String> producer = producer(arguments[0]);
                KafkaConsumer<String, String> consumer = consumer(arguments[0])) {
            Service service = Services.ALL.get(arguments[2]);
            Service.Surroundings has = new Service.Surroundings(
                    db,
                    order -> producer.send(new ProducerRecord<>("reservations", order, order))
                            .get());
            Ticking.start("relay", () -> service.relays(has));
            consumer.subscribe(List.of("orders"));
            while (true) {
                for (ConsumerRecord<String, String> next : consumer.poll(Duration.ofMillis(100))) {
                    service.on(json.readValue(next.value(), Order.class), has);
                    consumer.commitSync();
                }
            }
        }
    }

    private static KafkaProducer<String, String> producer(String brokers) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "linger.ms", 0), new StringSerializer(), new StringSerializer());
    }

    private static KafkaConsumer<String, String> consumer(String brokers) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "group.id",
                        "credit",
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static void rehearse() throws Exception {
        new ObjectMapper().readValue("{\"id\":\"o\",\"customer\":\"c\",\"amount\":1}", Order.class);
        Class.forName("org.postgresql.jdbc.PgConnection");
        Class.forName("org.postgresql.jdbc.PgPreparedStatement");
        if (Services.ALL.isEmpty()) {
            throw new IllegalStateException("There are no services.");
        }
        producer("localhost:1").close(Duration.ZERO);
        consumer("localhost:1").close();
    }
}
