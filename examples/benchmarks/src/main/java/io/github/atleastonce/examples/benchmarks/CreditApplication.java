package io.github.atleastonce.examples.benchmarks;

import io.github.atleastonce.examples.postgresql.PostgreSql;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;

/** A Spring application whose listener books each order once, in a transaction with an inbox on PostgreSQL. */
@Configuration
@EnableKafka
@EnableTransactionManagement
@Import(CreditApplication.Orders.class)
class CreditApplication {

    static final String TOPIC = "orders";
    static final String GROUP = "credit";

    /** What every order is taken from. */
    static final int CREDIT = 100;

    /** Others use the server, too. */
    @Bean(destroyMethod = "")
    DataSource db() throws SQLException {
        PostgreSql server = PostgreSql.shared();
        server.execute("CREATE TABLE IF NOT EXISTS credit (amount INT)");
        server.execute("CREATE TABLE IF NOT EXISTS inbox (id TEXT PRIMARY KEY)");
        server.execute("DELETE FROM credit; INSERT INTO credit VALUES (" + CREDIT + ")");
        return server.pool();
    }

    @Bean
    JdbcTemplate jdbc(DataSource db) {
        return new JdbcTemplate(db);
    }

    @Bean
    PlatformTransactionManager manager(DataSource db) {
        return new JdbcTransactionManager(db);
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<String, String> kafkaListenerContainerFactory() {
        var factory = new ConcurrentKafkaListenerContainerFactory<String, String>();
        factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        System.getProperty("spring.kafka.bootstrap-servers"),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer()));
        return factory;
    }

    /** Begins anew. */
    static void reset(JdbcTemplate jdbc) {
        jdbc.execute("DELETE FROM inbox; UPDATE credit SET amount = " + CREDIT);
    }

    /** Fails if the orders have not taken what they are worth. */
    static void check(JdbcTemplate jdbc, int left) {
        Integer amount = jdbc.queryForObject("SELECT amount FROM credit", Integer.class);
        if (amount == null || amount != left) {
            throw new AssertionError("There are " + amount + " left, not " + left + ".");
        }
    }

    /** The listener. */
    static class Orders {

        private final JdbcTemplate jdbc;

        Orders(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional
        @KafkaListener(topics = TOPIC, groupId = GROUP)
        public void on(ConsumerRecord<String, String> order) {
            if (jdbc.update("INSERT INTO inbox VALUES (?) ON CONFLICT DO NOTHING", order.key()) == 1) {
                jdbc.update("UPDATE credit SET amount = amount - ?", Integer.parseInt(order.value()));
            }
        }
    }
}
