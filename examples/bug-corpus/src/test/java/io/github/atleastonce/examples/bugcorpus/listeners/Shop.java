package io.github.atleastonce.examples.bugcorpus.listeners;

import io.github.atleastonce.examples.postgresql.PostgreSql;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.FixedBackOff;

/** The orders of a shop: a number each. */
class Shop {

    private final JdbcTemplate jdbc;

    Shop(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Stores an order; one that is no number cannot be stored. */
    void store(String order) {
        jdbc.update("INSERT INTO stored (amount) VALUES (?)", Integer.valueOf(order));
    }

    /** Stores an order that is not stored yet. */
    void storeOnce(String order) {
        jdbc.update(
                "INSERT INTO stored (amount) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM stored WHERE amount = ?)",
                Integer.valueOf(order),
                Integer.valueOf(order));
    }

    List<Integer> stored() {
        return jdbc.queryForList("SELECT amount FROM stored ORDER BY amount", Integer.class);
    }

    void clear() {
        jdbc.execute("CREATE TABLE IF NOT EXISTS stored (amount INT)");
        jdbc.update("DELETE FROM stored");
    }

    /** What all of them share. */
    @Configuration
    @EnableKafka
    static class Beans {

        @Bean(destroyMethod = "")
        DataSource dataSource() {
            return PostgreSql.shared().pool();
        }

        @Bean
        Shop shop(DataSource db) {
            return new Shop(new JdbcTemplate(db));
        }

        @Bean
        PlatformTransactionManager transactions(DataSource db) {
            return new DataSourceTransactionManager(db);
        }

        @Bean
        TransactionTemplate transaction(PlatformTransactionManager manager) {
            return new TransactionTemplate(manager);
        }

        @Bean(destroyMethod = "shutdown")
        ExecutorService pool() {
            return Executors.newFixedThreadPool(2);
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> records() {
            return listening(AckMode.RECORD, new FixedBackOff(0, 2));
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> forEver() {
            return listening(AckMode.RECORD, new FixedBackOff(0, FixedBackOff.UNLIMITED_ATTEMPTS));
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> manual() {
            return listening(AckMode.MANUAL_IMMEDIATE, new FixedBackOff(0, 2));
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> batches() {
            var factory = listening(AckMode.BATCH, new FixedBackOff(0, 2));
            factory.setBatchListener(true);
            return factory;
        }

        private static ConcurrentKafkaListenerContainerFactory<String, String> listening(
                AckMode mode, BackOff backOff) {
            var factory = new ConcurrentKafkaListenerContainerFactory<String, String>();
            factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(Map.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    System.getProperty("spring.kafka.bootstrap-servers"),
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "earliest",
                    ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                    StringDeserializer.class,
                    ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                    StringDeserializer.class)));
            factory.getContainerProperties().setAckMode(mode);
            factory.setCommonErrorHandler(new DefaultErrorHandler(backOff));
            return factory;
        }
    }
}
