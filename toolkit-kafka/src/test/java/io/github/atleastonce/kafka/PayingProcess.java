package io.github.atleastonce.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A service that runs as a process of its own: it pays for each order, and knows nothing of tests. */
final class PayingProcess {

    private final KafkaProducer<String, String> producer;
    private final KafkaConsumer<String, String> consumer;
    private final String payments;
    private final boolean transactional;

    private PayingProcess(String servers, String group, String payments, boolean transactional) {
        this.payments = payments;
        this.transactional = transactional;
        Map<String, Object> sending = new HashMap<>(Map.of("bootstrap.servers", servers, "linger.ms", 0));
        if (transactional) {
            sending.put("transactional.id", group);
        }
        this.producer = new KafkaProducer<>(sending, new StringSerializer(), new StringSerializer());
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "group.id",
                        group,
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false),
                new StringDeserializer(),
                new StringDeserializer());
    }

    /** Takes the servers, the group, the topics to read and to write, and whether it pays in transactions. */
    public static void main(String[] arguments) throws Exception {
        PayingProcess process =
                new PayingProcess(arguments[0], arguments[1], arguments[3], arguments[4].equals("exactly-once"));
        if (arguments[4].equals("reporting")) {
            process.report();
        }
        process.run(arguments[2]);
    }

    /** Says that it is there, and waits until that is known. */
    private void report() throws Exception {
        producer.send(new ProducerRecord<>("starts-of-" + payments, "up")).get();
    }

    private void run(String orders) throws Exception {
        if (transactional) {
            producer.initTransactions();
        }
        consumer.subscribe(List.of(orders));
        while (true) {
            for (ConsumerRecord<String, String> order : consumer.poll(Duration.ofMillis(100))) {
                handle(order);
            }
        }
    }

    private void handle(ConsumerRecord<String, String> order) throws Exception {
        if (order.value().equals("poison")) {
            throw new IllegalArgumentException("This service cannot handle " + order.value() + ".");
        }
        ProducerRecord<String, String> payment = new ProducerRecord<>(payments, order.key(), order.value());
        if (!transactional) {
            producer.send(payment).get();
            consumer.commitSync();
            return;
        }
        producer.beginTransaction();
        producer.send(payment);
        producer.sendOffsetsToTransaction(
                Map.of(new TopicPartition(order.topic(), order.partition()), new OffsetAndMetadata(order.offset() + 1)),
                consumer.groupMetadata());
        producer.commitTransaction();
    }
}
