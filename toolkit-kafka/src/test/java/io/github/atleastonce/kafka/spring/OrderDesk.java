package io.github.atleastonce.kafka.spring;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes orders and tells others of them, in the ways that people do: it knows nothing of this toolkit. */
class OrderDesk {

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final KafkaTemplate<String, String> kafka;
    private final Producer<String, String> producer;

    OrderDesk(
            JdbcTemplate jdbc,
            PlatformTransactionManager manager,
            KafkaTemplate<String, String> kafka,
            Producer<String, String> producer) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(manager);
        this.kafka = kafka;
        this.producer = producer;
    }

    @Configuration
    static class Beans {

        /** Some take the producer itself, and take it early. */
        @Bean(destroyMethod = "")
        Producer<String, String> producer(KafkaTemplate<String, String> kafka) {
            return kafka.getProducerFactory().createProducer();
        }

        @Bean
        OrderDesk desk(
                JdbcTemplate jdbc,
                PlatformTransactionManager manager,
                KafkaTemplate<String, String> kafka,
                Producer<String, String> producer) {
            jdbc.execute("CREATE TABLE outbox (id VARCHAR(20) PRIMARY KEY, sent BOOLEAN DEFAULT FALSE)");
            jdbc.execute("CREATE TABLE charge (id VARCHAR(20) PRIMARY KEY)");
            return new OrderDesk(jdbc, manager, kafka, producer);
        }

        @Bean
        Listeners listeners(JdbcTemplate jdbc) {
            return new Listeners(jdbc);
        }
    }

    /** Those who hear of it; each key once. */
    static class Listeners {

        private final JdbcTemplate jdbc;

        Listeners(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional
        @KafkaListener(topics = "charges", groupId = "till")
        public void charge(ConsumerRecord<String, String> charge) {
            jdbc.update(
                    "INSERT INTO charge SELECT ? WHERE NOT EXISTS (SELECT 1 FROM charge WHERE id = ?)",
                    charge.key(),
                    charge.key());
        }
    }

    /** Right: order and event in one transaction; a relay tells of it. */
    void place(String order) {
        transaction.executeWithoutResult(status -> {
            insert(order);
            jdbc.update("INSERT INTO outbox (id) VALUES (?)", order);
        });
    }

    /** Wrong: marks what it has sent without a look at what became of it. */
    void relayBlindly() {
        for (String order : pending()) {
            kafka.send("mails", order, order);
            mark(order);
        }
    }

    /** Right: marks what was acknowledged. */
    void relay() {
        for (String order : pending()) {
            kafka.send("mails", order, order).join();
            mark(order);
        }
    }

    /** Wrong: as above, without Spring's template. */
    void relayBlindlyByProducer() {
        for (String order : pending()) {
            producer.send(new ProducerRecord<>("mails", order, order));
            mark(order);
        }
    }

    /** Right: waits for the client's own future. */
    void relayByProducer() throws ExecutionException, InterruptedException {
        for (String order : pending()) {
            producer.send(new ProducerRecord<>("mails", order, order)).get();
            mark(order);
        }
    }

    /** Right: lets the client call back. */
    void relayWithCallback() {
        for (String order : pending()) {
            producer.send(new ProducerRecord<>("mails", order, order), (metadata, failure) -> {
                if (failure == null) {
                    mark(order);
                }
            });
        }
    }

    /** Wrong: once it is committed, nobody tries again. */
    void placeThenTell(String order) {
        transaction.executeWithoutResult(status -> insert(order));
        kafka.send("mails", order, order).join();
    }

    /** Wrong: what was written all the same cannot be rolled back. */
    void placeWhileTelling(String order) {
        transaction.executeWithoutResult(status -> {
            insert(order);
            kafka.send("mails", order, order).join();
        });
    }

    /** Wrong: nobody can tell that the second charge is the first. */
    void chargeWithNewKeys(String order) {
        for (int attempt = 1; attempt <= 3; attempt++) {
            if (charge(order + "/" + attempt)) {
                return;
            }
        }
    }

    /** Right: the second charge is known as the first. */
    void chargeWithOneKey(String order) {
        for (int attempt = 1; attempt <= 3; attempt++) {
            if (charge(order)) {
                return;
            }
        }
    }

    private boolean charge(String key) {
        try {
            kafka.send("charges", key, "30").join();
            return true;
        } catch (CompletionException notAcknowledged) {
            return false;
        }
    }

    private void insert(String order) {
        jdbc.update("INSERT INTO processed VALUES (?)", order);
    }

    private List<String> pending() {
        return jdbc.queryForList("SELECT id FROM outbox WHERE NOT sent ORDER BY id", String.class);
    }

    private void mark(String order) {
        jdbc.update("UPDATE outbox SET sent = TRUE WHERE id = ?", order);
    }

    List<String> charges() {
        return jdbc.queryForList("SELECT id FROM charge", String.class);
    }

    void reset() {
        jdbc.update("DELETE FROM outbox");
        jdbc.update("DELETE FROM charge");
    }
}
