package io.github.atleastonce.examples.process.truth;

import com.fasterxml.jackson.databind.ObjectMapper;
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

    /** Takes the brokers, the URL of the database, and the precautions. */
    public static void main(String[] arguments) throws Exception {
        PGSimpleDataSource db = new PGSimpleDataSource();
        db.setUrl(arguments[1]);
        ObjectMapper json = new ObjectMapper();
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", arguments[0], "linger.ms", 0),
                        new StringSerializer(),
                        new StringSerializer());
                KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                arguments[0],
                                "group.id",
                                "credit",
                                "auto.offset.reset",
                                "earliest",
                                "enable.auto.commit",
                                false),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            Reservations reservations = new Reservations(
                    db,
                    order -> producer.send(new ProducerRecord<>("reservations", order, order))
                            .get(),
                    Variant.valueOf(arguments[2]));
            consumer.subscribe(List.of("orders"));
            while (true) {
                for (ConsumerRecord<String, String> next : consumer.poll(Duration.ofMillis(100))) {
                    reservations.on(json.readValue(next.value(), OrderCreated.class));
                    consumer.commitSync();
                }
            }
        }
    }
}
