package io.github.atleastonce.kafka.spring;

import com.zaxxer.hikari.HikariDataSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** A credit service as Spring's users write them: it knows nothing of this toolkit. */
class CreditService {

    private final JdbcTemplate jdbc;

    CreditService(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Configuration
    @EnableKafka
    @EnableTransactionManagement
    static class Beans {

        @Bean
        HikariDataSource db() {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl("jdbc:h2:mem:credit;DB_CLOSE_DELAY=-1");
            return pool;
        }

        @Bean
        PlatformTransactionManager manager(DataSource db) {
            return new JdbcTransactionManager(db);
        }

        @Bean
        JdbcTemplate jdbc(DataSource db) {
            JdbcTemplate jdbc = new JdbcTemplate(db);
            jdbc.execute("DROP ALL OBJECTS");
            jdbc.execute("CREATE TABLE credit (customer VARCHAR(20) PRIMARY KEY, amount INT)");
            jdbc.execute("CREATE TABLE processed (id VARCHAR(20) PRIMARY KEY)");
            jdbc.execute("CREATE TABLE mailed (id VARCHAR(20))");
            return jdbc;
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> kafkaListenerContainerFactory() {
            return listening(AckMode.BATCH);
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> ackEach() {
            return listening(AckMode.RECORD);
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> manual() {
            return listening(AckMode.MANUAL);
        }

        @Bean
        KafkaTemplate<String, String> kafka() {
            Map<String, Object> sending = new HashMap<>();
            sending.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, System.getProperty("spring.kafka.bootstrap-servers"));
            sending.put(ProducerConfig.LINGER_MS_CONFIG, 0);
            return new KafkaTemplate<>(
                    new DefaultKafkaProducerFactory<>(sending, new StringSerializer(), new StringSerializer()));
        }

        @Bean
        CreditService service(JdbcTemplate jdbc) {
            return new CreditService(jdbc);
        }

        private static ConcurrentKafkaListenerContainerFactory<String, String> listening(AckMode mode) {
            var factory = new ConcurrentKafkaListenerContainerFactory<String, String>();
            factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(consuming()));
            factory.getContainerProperties().setAckMode(mode);
            return factory;
        }

        private static Map<String, Object> consuming() {
            Map<String, Object> consuming = new HashMap<>();
            consuming.put(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, System.getProperty("spring.kafka.bootstrap-servers"));
            consuming.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            consuming.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
            consuming.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
            return consuming;
        }
    }

    /** Wrong: reserves again when the record comes again. */
    static class Forgetful {

        private final CreditService service;

        Forgetful(CreditService service) {
            this.service = service;
        }

        @Transactional
        @KafkaListener(topics = "orders", groupId = "credit")
        public void on(ConsumerRecord<String, String> order) {
            service.reserve(order.value());
        }
    }

    /** Right: remembers the order in the same transaction. */
    static class Idempotent {

        private final CreditService service;

        Idempotent(CreditService service) {
            this.service = service;
        }

        @Transactional
        @KafkaListener(topics = "orders", groupId = "credit")
        public void on(ConsumerRecord<String, String> order) {
            if (service.isFirst(order.key())) {
                service.reserve(order.value());
            }
        }
    }

    /** Right, with each record acknowledged by itself, by several consumers. */
    static class AckEach {

        private final CreditService service;

        AckEach(CreditService service) {
            this.service = service;
        }

        @Transactional
        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "ackEach", concurrency = "2")
        public void on(ConsumerRecord<String, String> order) {
            if (service.isFirst(order.key())) {
                service.reserve(order.value());
            }
        }
    }

    /** Right, in batches. */
    static class Batch {

        private final CreditService service;

        Batch(CreditService service) {
            this.service = service;
        }

        @Transactional
        @KafkaListener(topics = "orders", groupId = "credit", batch = "true")
        public void on(List<ConsumerRecord<String, String>> orders) {
            for (ConsumerRecord<String, String> order : orders) {
                if (service.isFirst(order.key())) {
                    service.reserve(order.value());
                }
            }
        }
    }

    /** Acknowledges by the clock, so that a consumer that closes takes its record along. */
    static class AutoCommit {

        private final CreditService service;

        AutoCommit(CreditService service) {
            this.service = service;
        }

        @Transactional
        @KafkaListener(
                topics = "orders",
                groupId = "credit",
                properties = {"enable.auto.commit=true", "auto.commit.interval.ms=20"})
        public void on(ConsumerRecord<String, String> order) {
            service.reserve(order.value());
        }
    }

    /** Catches what nobody should. */
    static class Swallowing {

        private final TransactionTemplate transaction;
        private final CreditService service;

        Swallowing(CreditService service, PlatformTransactionManager manager) {
            this.service = service;
            this.transaction = new TransactionTemplate(manager);
        }

        @KafkaListener(topics = "orders", groupId = "credit")
        public void on(ConsumerRecord<String, String> order) {
            swallow(order);
        }

        void swallow(ConsumerRecord<String, String> order) {
            try {
                transaction.executeWithoutResult(status -> {
                    if (service.isFirst(order.key())) {
                        service.reserve(order.value());
                    }
                });
            } catch (Throwable anything) {
                // "It will be fine."
            }
        }
    }

    /** Goes on after what nobody should catch. */
    static class Repairing {

        private final TransactionTemplate transaction;
        private final CreditService service;

        Repairing(CreditService service, PlatformTransactionManager manager) {
            this.service = service;
            this.transaction = new TransactionTemplate(manager);
        }

        @KafkaListener(topics = "orders", groupId = "credit")
        public void on(ConsumerRecord<String, String> order) {
            try {
                transaction.executeWithoutResult(status -> {
                    if (service.isFirst(order.key())) {
                        service.reserve(order.value());
                    }
                });
            } catch (Throwable anything) {
                LockSupport.parkNanos(20_000_000);
                service.mail("repaired");
            }
        }
    }

    /** Catches what nobody should, and acknowledges each record by itself. */
    static class SwallowingAckEach {

        private final Swallowing swallowing;

        SwallowingAckEach(CreditService service, PlatformTransactionManager manager) {
            swallowing = new Swallowing(service, manager);
        }

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "ackEach")
        public void on(ConsumerRecord<String, String> order) {
            swallowing.swallow(order);
        }
    }

    /** Right: what is acknowledged here is committed after the listener has returned. */
    static class Manual {

        private final CreditService service;

        Manual(CreditService service) {
            this.service = service;
        }

        @Transactional
        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "manual")
        public void on(ConsumerRecord<String, String> order, Acknowledgment acknowledgment) {
            acknowledgment.acknowledge();
            if (service.isFirst(order.key())) {
                service.reserve(order.value());
            }
        }
    }

    /** Tells the customer, by way of a topic of its own. */
    static class Mailing {

        private final CreditService service;

        Mailing(CreditService service) {
            this.service = service;
        }

        @Transactional
        @KafkaListener(topics = "mails", groupId = "credit")
        public void on(ConsumerRecord<String, String> mail) {
            service.mail(mail.key());
        }
    }

    /** Wrong: when it dies between commit and send, the order is known the next time, and nobody is told. */
    static class TellingOnce {

        private final CreditService service;
        private final TransactionTemplate transaction;
        private final KafkaTemplate<String, String> kafka;

        TellingOnce(CreditService service, PlatformTransactionManager manager, KafkaTemplate<String, String> kafka) {
            this.service = service;
            this.transaction = new TransactionTemplate(manager);
            this.kafka = kafka;
        }

        @KafkaListener(topics = "orders", groupId = "credit")
        public void on(ConsumerRecord<String, String> order) {
            if (reserve(order)) {
                kafka.send("mails", order.key(), order.value());
            }
        }

        boolean reserve(ConsumerRecord<String, String> order) {
            return Boolean.TRUE.equals(transaction.execute(status -> {
                boolean first = service.isFirst(order.key());
                if (first) {
                    service.reserve(order.value());
                }
                return first;
            }));
        }
    }

    /** Right: tells again whenever the order comes again. */
    static class TellingAlways {

        private final TellingOnce telling;
        private final KafkaTemplate<String, String> kafka;

        TellingAlways(CreditService service, PlatformTransactionManager manager, KafkaTemplate<String, String> kafka) {
            this.telling = new TellingOnce(service, manager, kafka);
            this.kafka = kafka;
        }

        @KafkaListener(topics = "orders", groupId = "credit")
        public void on(ConsumerRecord<String, String> order) {
            telling.reserve(order);
            kafka.send("mails", order.key(), order.value());
        }
    }

    /** Right: when the send was not acknowledged, the order comes again. */
    static class TellingForSure {

        private final TellingOnce telling;
        private final KafkaTemplate<String, String> kafka;

        TellingForSure(CreditService service, PlatformTransactionManager manager, KafkaTemplate<String, String> kafka) {
            this.telling = new TellingOnce(service, manager, kafka);
            this.kafka = kafka;
        }

        @KafkaListener(topics = "orders", groupId = "credit")
        public void on(ConsumerRecord<String, String> order) {
            telling.reserve(order);
            kafka.send("mails", order.key(), order.value()).join();
        }
    }

    /** A second group that reads the same orders. */
    static class Mailer {

        private final CreditService service;

        Mailer(CreditService service) {
            this.service = service;
        }

        @Transactional
        @KafkaListener(topics = "orders", groupId = "audit")
        public void on(ConsumerRecord<String, String> order) {
            service.mail(order.key());
        }
    }

    boolean isFirst(String order) {
        return jdbc.update(
                        "INSERT INTO processed SELECT ? WHERE NOT EXISTS (SELECT 1 FROM processed WHERE id = ?)",
                        order,
                        order)
                > 0;
    }

    void reserve(String order) {
        String[] parts = order.split(":");
        jdbc.update("UPDATE credit SET amount = amount - ? WHERE customer = ?", Integer.parseInt(parts[1]), parts[0]);
    }

    void mail(String order) {
        jdbc.update("INSERT INTO mailed VALUES (?)", order);
    }

    List<String> mailed() {
        return jdbc.queryForList("SELECT DISTINCT id FROM mailed ORDER BY id", String.class);
    }

    List<String> placed() {
        return jdbc.queryForList("SELECT id FROM processed ORDER BY id", String.class);
    }

    int credit(String customer) {
        Integer amount = jdbc.queryForObject("SELECT amount FROM credit WHERE customer = ?", Integer.class, customer);
        return amount == null ? 0 : amount;
    }

    void reset() {
        jdbc.update("DELETE FROM processed");
        jdbc.update("DELETE FROM mailed");
        jdbc.update("DELETE FROM credit");
        jdbc.update("INSERT INTO credit VALUES ('alice', 100)");
    }
}
