package io.github.atleastonce.kafka.vacuous;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.annotation.TopicPartition;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.support.Acknowledgment;

/** A desk that books orders, with listeners of different quality: it knows nothing of this toolkit. */
class Desk {

    private final JdbcTemplate jdbc;

    Desk(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Configuration
    @EnableKafka
    static class Beans {

        @Bean
        HikariDataSource db() {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl("jdbc:h2:mem:desk;DB_CLOSE_DELAY=-1");
            return pool;
        }

        @Bean
        Desk desk(DataSource db) {
            JdbcTemplate jdbc = new JdbcTemplate(db);
            jdbc.execute("DROP ALL OBJECTS");
            jdbc.execute("CREATE TABLE booked (id VARCHAR(20))");
            return new Desk(jdbc);
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> kafkaListenerContainerFactory() {
            return listening(AckMode.BATCH);
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> immediate() {
            return listening(AckMode.MANUAL_IMMEDIATE);
        }

        private static ConcurrentKafkaListenerContainerFactory<String, String> listening(AckMode mode) {
            Map<String, Object> consuming = new HashMap<>();
            consuming.put(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, System.getProperty("spring.kafka.bootstrap-servers"));
            consuming.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            consuming.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
            consuming.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
            var factory = new ConcurrentKafkaListenerContainerFactory<String, String>();
            factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(consuming));
            factory.getContainerProperties().setAckMode(mode);
            return factory;
        }
    }

    /** Right: books each order once. */
    static class Sound {

        private final Desk desk;

        Sound(Desk desk) {
            this.desk = desk;
        }

        @KafkaListener(topics = "orders", groupId = "desk")
        public void on(ConsumerRecord<String, String> order) {
            desk.bookOnce(order.key());
        }
    }

    /** Right, in batches. */
    static class SoundBatch {

        private final Desk desk;

        SoundBatch(Desk desk) {
            this.desk = desk;
        }

        @KafkaListener(topics = "orders", groupId = "desk", batch = "true")
        public void on(List<ConsumerRecord<String, String>> orders) {
            orders.forEach(order -> desk.bookOnce(order.key()));
        }
    }

    /** Right, by two consumers. */
    static class SoundPair {

        private final Desk desk;

        SoundPair(Desk desk) {
            this.desk = desk;
        }

        @KafkaListener(topics = "pairs", groupId = "desk", concurrency = "2")
        public void on(ConsumerRecord<String, String> order) {
            desk.bookOnce(order.key());
        }
    }

    /** Wrong, by three consumers: two of them may give the same number, as each counts what there is before it adds. */
    static class RacingTrio {

        private final Desk desk;

        RacingTrio(Desk desk) {
            this.desk = desk;
        }

        @KafkaListener(topics = "trios", groupId = "desk", concurrency = "3")
        public void on(ConsumerRecord<String, String> order) {
            List<String> before = desk.booked();
            if (before.stream().noneMatch(booked -> booked.startsWith(order.key()))) {
                desk.book(order.key() + " as number " + before.size());
            }
        }
    }

    /** Wrong: books a duplicate twice. */
    static class Forgetful {

        private final Desk desk;

        Forgetful(Desk desk) {
            this.desk = desk;
        }

        @KafkaListener(topics = "orders", groupId = "desk")
        public void on(ConsumerRecord<String, String> order) {
            desk.book(order.key());
        }
    }

    /** Wrong: what was collected before an unreadable record is acknowledged, and never written. */
    static class Collecting {

        private final Desk desk;

        Collecting(Desk desk) {
            this.desk = desk;
        }

        @KafkaListener(topics = "orders", groupId = "desk", batch = "true")
        public void on(List<ConsumerRecord<String, String>> orders) {
            List<String> collected = new ArrayList<>();
            for (int i = 0; i < orders.size(); i++) {
                if (!"book".equals(orders.get(i).value())) {
                    throw new BatchListenerFailedException("cannot be read", i);
                }
                collected.add(orders.get(i).key());
            }
            collected.forEach(desk::bookOnce);
        }
    }

    /** Wrong: acknowledges before it has done anything. */
    static class TooEarly {

        private final Desk desk;

        TooEarly(Desk desk) {
            this.desk = desk;
        }

        @KafkaListener(topics = "orders", groupId = "desk", containerFactory = "immediate")
        public void on(ConsumerRecord<String, String> order, Acknowledgment acknowledgment) {
            acknowledgment.acknowledge();
            desk.bookOnce(order.key());
        }
    }

    /** Wrong: books a second time when it comes again, and does all that on another thread. */
    static class Asynchronous {

        private final Desk desk;

        Asynchronous(Desk desk) {
            this.desk = desk;
        }

        @KafkaListener(topics = "orders", groupId = "desk")
        public CompletableFuture<Void> on(ConsumerRecord<String, String> order) {
            return CompletableFuture.runAsync(() -> desk.book(order.key()));
        }
    }

    /** Wrong: takes nothing. */
    static class Failing {

        @KafkaListener(topics = "orders", groupId = "desk")
        public void on(ConsumerRecord<String, String> order) {
            throw new IllegalStateException("never " + order.key());
        }
    }

    /** Commits by the clock. */
    static class AutoCommit {

        private final Desk desk;

        AutoCommit(Desk desk) {
            this.desk = desk;
        }

        @KafkaListener(
                topics = "orders",
                groupId = "desk",
                properties = {"enable.auto.commit=true", "auto.commit.interval.ms=20"})
        public void on(ConsumerRecord<String, String> order) {
            desk.book(order.key());
        }
    }

    /** Keeps a copy of what is there, and commits for nobody. */
    static class Copy {

        private final Set<String> orders = ConcurrentHashMap.newKeySet();

        @KafkaListener(topicPartitions = @TopicPartition(topic = "orders", partitions = "0"), groupId = "copy")
        public void on(ConsumerRecord<String, String> order) {
            orders.add(order.key());
        }
    }

    /** Is a member of no group, and has none to commit for. */
    static class Onlooker {

        @KafkaListener(
                id = "onlooker",
                idIsGroup = false,
                topicPartitions = @TopicPartition(topic = "orders", partitions = "0"))
        public void on(ConsumerRecord<String, String> order) {
            // It only looks.
        }
    }

    void book(String order) {
        jdbc.update("INSERT INTO booked VALUES (?)", order);
    }

    void bookOnce(String order) {
        jdbc.update("INSERT INTO booked SELECT ? WHERE NOT EXISTS (SELECT 1 FROM booked WHERE id = ?)", order, order);
    }

    List<String> booked() {
        return jdbc.queryForList("SELECT id FROM booked ORDER BY id", String.class);
    }

    void reset() {
        jdbc.update("DELETE FROM booked");
    }
}
