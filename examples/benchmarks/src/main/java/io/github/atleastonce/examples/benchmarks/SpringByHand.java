package io.github.atleastonce.examples.benchmarks;

import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

/** What a test of the same application does that is written by hand: it sends, and looks every millisecond whether all is committed. */
final class SpringByHand implements AutoCloseable {

    private static final String SERVERS = "spring.kafka.bootstrap-servers";
    private static final double MILLIS = 1e6;
    private static final long LOOK_NANOS = 1_000_000;
    private static final TopicPartition ORDERS = new TopicPartition(CreditApplication.TOPIC, 0);

    private final EmbeddedKafka broker;
    private final AnnotationConfigApplicationContext application;
    private final JdbcTemplate jdbc;
    private final KafkaListenerEndpointRegistry listeners;
    private final Admin admin;
    private final KafkaProducer<String, String> producer;
    private final List<Future<?>> sending = new ArrayList<>();
    private long sent;

    SpringByHand() {
        broker = EmbeddedKafka.start();
        broker.createTopics(Map.of(CreditApplication.TOPIC, 1));
        System.setProperty(SERVERS, broker.bootstrapServers());
        application = new AnnotationConfigApplicationContext(CreditApplication.class);
        jdbc = application.getBean(JdbcTemplate.class);
        listeners = application.getBean(KafkaListenerEndpointRegistry.class);
        admin = Admin.create(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer());
    }

    /** Measures tests in which the listener stays as it is, or stops and starts once with a record in between. */
    List<Double> measure(int tests, boolean restarts) throws ExecutionException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < tests; i++) {
            long began = System.nanoTime();
            CreditApplication.reset(jdbc);
            send("o-1", "10");
            if (restarts) {
                awaitCommitted();
                listeners.stop();
                listeners.start();
            }
            send("o-2", "20");
            awaitCommitted();
            CreditApplication.check(jdbc, SpringBenchmark.LEFT);
            millis.add((System.nanoTime() - began) / MILLIS);
        }
        return millis;
    }

    private void send(String key, String value) {
        sending.add(producer.send(new ProducerRecord<>(CreditApplication.TOPIC, key, value)));
        sent++;
    }

    private void awaitCommitted() throws ExecutionException, InterruptedException {
        for (Future<?> send : sending) {
            send.get();
        }
        sending.clear();
        while (committed() < sent) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private long committed() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(CreditApplication.GROUP)
                .partitionsToOffsetAndMetadata()
                .get();
        return offsets.containsKey(ORDERS)
                ? Objects.requireNonNull(offsets.get(ORDERS)).offset()
                : 0;
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        application.close();
        broker.close();
        System.clearProperty(SERVERS);
    }
}
