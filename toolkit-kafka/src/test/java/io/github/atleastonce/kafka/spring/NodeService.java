package io.github.atleastonce.kafka.spring;

import com.zaxxer.hikari.HikariDataSource;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.spring.SpringLife;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** A credit service of which several nodes run: its beans know nothing of this toolkit. Orders come as "o-1 10", by the key of their customer. */
class NodeService {

    static final String URL = "jdbc:h2:mem:nodes;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=60000";

    /** Inserts nothing if the order was processed before. */
    private static final String ONCE =
            "INSERT INTO processed SELECT ? WHERE NOT EXISTS (SELECT 1 FROM processed WHERE id = ?)";

    private NodeService() {}

    /** Returns the database of all nodes, with its tables; it is there until somebody drops all of it. */
    static JdbcTemplate database() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL(URL);
        JdbcTemplate db = new JdbcTemplate(h2);
        db.execute("CREATE TABLE IF NOT EXISTS credit (customer VARCHAR(20) PRIMARY KEY, amount INT, version INT)");
        db.execute("CREATE TABLE IF NOT EXISTS processed (id VARCHAR(20) PRIMARY KEY)");
        return db;
    }

    /** Starts a node with one of the listeners. */
    static ConfigurableApplicationContext boot(Life life, Class<?> listener, String servers) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("broker", Map.of("spring.kafka.bootstrap-servers", servers)));
        context.register(Beans.class, listener);
        SpringLife.of(life).initialize(context);
        context.refresh();
        return context;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableKafka
    @EnableTransactionManagement
    static class Beans {

        @Bean
        HikariDataSource db() {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl(URL);
            pool.setMaximumPoolSize(2);
            return pool;
        }

        @Bean
        PlatformTransactionManager manager(DataSource db) {
            return new JdbcTransactionManager(db);
        }

        @Bean
        JdbcTemplate jdbc(DataSource db) {
            return new JdbcTemplate(db);
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> manual(
                @Value("${spring.kafka.bootstrap-servers}") String servers) {
            var factory = kafkaListenerContainerFactory(servers);
            factory.getContainerProperties().setAckMode(ContainerProperties.AckMode.MANUAL_IMMEDIATE);
            return factory;
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> kafkaListenerContainerFactory(
                @Value("${spring.kafka.bootstrap-servers}") String servers) {
            var factory = new ConcurrentKafkaListenerContainerFactory<String, String>();
            factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(
                    Map.of(
                            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            servers,
                            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                            "earliest"),
                    new StringDeserializer(),
                    new StringDeserializer()));
            return factory;
        }
    }

    private static int amount(ConsumerRecord<String, String> order) {
        return Integer.parseInt(order.value().split(" ")[1]);
    }

    private static String id(ConsumerRecord<String, String> order) {
        return order.value().split(" ")[0];
    }

    /** Wrong: keeps the credit of customers in a cache, which is stale once another node has changed it. */
    static class Caching {

        private final JdbcTemplate jdbc;
        private final Map<String, Integer> cache = new ConcurrentHashMap<>();

        Caching(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional
        @KafkaListener(topics = "orders", groupId = "credit")
        public void on(ConsumerRecord<String, String> order) {
            if (jdbc.update(ONCE, id(order), id(order)) == 0) {
                return;
            }
            int before = cache.computeIfAbsent(order.key(), this::credit);
            cache.put(order.key(), before - amount(order));
            jdbc.update("UPDATE credit SET amount = ? WHERE customer = ?", before - amount(order), order.key());
        }

        private int credit(String customer) {
            return jdbc.queryForObject("SELECT amount FROM credit WHERE customer = ?", Integer.class, customer);
        }
    }

    /** Wrong: takes it that an order comes once. */
    static class Trusting {

        private final JdbcTemplate jdbc;

        Trusting(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional
        @KafkaListener(topics = "orders", groupId = "credit")
        public void on(ConsumerRecord<String, String> order) {
            jdbc.update("UPDATE credit SET amount = amount - ? WHERE customer = ?", amount(order), order.key());
        }
    }

    /** Wrong: acknowledges within its transaction, so that it takes back what it has done when the commit reports an error, though the offset is there. */
    static class AcknowledgingTooSoon {

        private final JdbcTemplate jdbc;

        AcknowledgingTooSoon(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional
        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "manual")
        public void on(ConsumerRecord<String, String> order, Acknowledgment acknowledgment) {
            if (jdbc.update(ONCE, id(order), id(order)) == 1) {
                jdbc.update("UPDATE credit SET amount = amount - ? WHERE customer = ?", amount(order), order.key());
            }
            acknowledgment.acknowledge();
        }
    }

    /** Right: acknowledges when its transaction is done. */
    static class AcknowledgingInTime {

        private final JdbcTemplate jdbc;
        private final TransactionTemplate transaction;

        AcknowledgingInTime(JdbcTemplate jdbc, PlatformTransactionManager manager) {
            this.jdbc = jdbc;
            this.transaction = new TransactionTemplate(manager);
        }

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "manual")
        public void on(ConsumerRecord<String, String> order, Acknowledgment acknowledgment) {
            transaction.executeWithoutResult(any -> {
                if (jdbc.update(ONCE, id(order), id(order)) == 1) {
                    jdbc.update("UPDATE credit SET amount = amount - ? WHERE customer = ?", amount(order), order.key());
                }
            });
            acknowledgment.acknowledge();
        }
    }

    /** Right: lets the database do it, and remembers the order in the same transaction. */
    static class Updating {

        private final JdbcTemplate jdbc;

        Updating(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional
        @KafkaListener(topics = "orders", groupId = "credit")
        public void on(ConsumerRecord<String, String> order) {
            if (jdbc.update(ONCE, id(order), id(order)) == 1) {
                jdbc.update(
                        "UPDATE credit SET amount = amount - ?, version = version + 1 WHERE customer = ?",
                        amount(order),
                        order.key());
            }
        }
    }

    /** Is a member of its group by the newer protocol, in which nobody can be told to leave. */
    static class NewProtocol {

        @KafkaListener(topics = "orders", groupId = "credit", properties = "group.protocol=consumer")
        public void on(ConsumerRecord<String, String> order) {}
    }

    /** Reads, and writes what it has made of that: in the end somebody else may have written meanwhile, which only a version tells. */
    abstract static class Writing {

        private final JdbcTemplate jdbc;
        private final String condition;

        Writing(JdbcTemplate jdbc, String condition) {
            this.jdbc = jdbc;
            this.condition = condition;
        }

        void write(ConsumerRecord<String, String> order) {
            Map<String, Object> row = jdbc.queryForMap(
                    "SELECT amount, version, (SELECT count(*) FROM processed WHERE id = ?) AS done FROM credit WHERE customer = ?",
                    id(order),
                    order.key());
            if (((Number) row.get("done")).intValue() > 0) {
                return;
            }
            int changed = jdbc.update(
                    "UPDATE credit SET amount = ?, version = version + 1 WHERE customer = ? AND " + condition,
                    ((Number) row.get("amount")).intValue() - amount(order),
                    order.key(),
                    row.get("version"));
            if (changed == 0) {
                throw new IllegalStateException("somebody else has written meanwhile");
            }
            jdbc.update("MERGE INTO processed KEY (id) VALUES (?)", id(order));
        }
    }

    /** Wrong: writes whatever has happened meanwhile. */
    static class Overwriting extends Writing {

        Overwriting(JdbcTemplate jdbc) {
            super(jdbc, "version <= 1000 + ?");
        }

        @Transactional
        @KafkaListener(topics = "orders", groupId = "credit")
        public void on(ConsumerRecord<String, String> order) {
            write(order);
        }
    }

    /** Right: writes only if the version is still the one that it has read. */
    static class Versioned extends Writing {

        Versioned(JdbcTemplate jdbc) {
            super(jdbc, "version = ?");
        }

        @Transactional
        @KafkaListener(topics = "orders", groupId = "credit")
        public void on(ConsumerRecord<String, String> order) {
            write(order);
        }
    }
}
