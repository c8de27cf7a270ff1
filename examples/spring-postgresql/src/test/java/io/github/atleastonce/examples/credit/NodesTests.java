package io.github.atleastonce.examples.credit;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.REBALANCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.kafka.KafkaCluster;
import io.github.atleastonce.kafka.broker.Broker;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.spring.SpringLife;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.transaction.annotation.Transactional;

/** Two processes of one service, each a Spring Boot application that forgets what it knew when it dies. */
class NodesTests {

    private static Broker broker;
    private static KafkaCluster kafka;
    private static JdbcTemplate jdbc;

    @BeforeAll
    static void start() {
        broker = Broker.start(name -> Optional.empty());
        broker.createTopics(Map.of("orders", 2));
        kafka = new KafkaCluster(broker.bootstrapServers(), List.of("orders"));
        jdbc = new JdbcTemplate(PostgreSql.shared().pool());
        jdbc.execute("CREATE TABLE IF NOT EXISTS node_credit (customer VARCHAR(20) PRIMARY KEY, credit INT NOT NULL)");
        jdbc.execute("CREATE TABLE IF NOT EXISTS node_order (id VARCHAR(20) PRIMARY KEY)");
    }

    @AfterAll
    static void stop() {
        kafka.close();
        broker.close();
    }

    /** What both have in common: it takes an order's amount off the credit. */
    private abstract static class Crediting {

        private final JdbcTemplate jdbc;

        Crediting(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        abstract boolean isFirst(String order);

        @Transactional
        @KafkaListener(topics = "orders", groupId = "credit")
        public void on(ConsumerRecord<String, String> order) {
            String[] parts = order.value().split(":");
            if (isFirst(parts[0])) {
                jdbc.update(
                        "UPDATE node_credit SET credit = credit - ? WHERE customer = ?",
                        Integer.parseInt(parts[1]),
                        order.key());
            }
        }
    }

    /** Wrong: remembers in memory which orders it knows. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class InMemory extends Crediting {

        private final Set<String> known = ConcurrentHashMap.newKeySet();

        InMemory(JdbcTemplate jdbc) {
            super(jdbc);
        }

        @Override
        boolean isFirst(String order) {
            return known.add(order);
        }
    }

    /** Right: remembers it in the transaction of its work. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class InTheDatabase extends Crediting {

        private final JdbcTemplate jdbc;

        InTheDatabase(JdbcTemplate jdbc) {
            super(jdbc);
            this.jdbc = jdbc;
        }

        @Override
        boolean isFirst(String order) {
            return jdbc.update("INSERT INTO node_order VALUES (?) ON CONFLICT DO NOTHING", order) == 1;
        }
    }

    private static ConfigurableApplicationContext boot(Life life, Class<?> application) {
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .initializers(SpringLife.of(life))
                .run(
                        "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                        "--spring.kafka.consumer.auto-offset-reset=earliest",
                        "--spring.datasource.url=" + PostgreSql.shared().url(),
                        "--spring.datasource.hikari.maximum-pool-size=2",
                        "--spring.sql.init.mode=never",
                        "--spring.main.banner-mode=off");
    }

    private static void anOrder(Scenario scenario, Class<?> application) {
        scenario.reset(() -> {
            jdbc.execute("TRUNCATE node_credit, node_order");
            jdbc.update("INSERT INTO node_credit VALUES ('c-1', 100)");
        });
        scenario.nodes("credit", 2, life -> boot(life, application));
        scenario.channel("orders").send("c-1", "o-1:30");
        scenario.settle();
        assertThat(jdbc.queryForObject("SELECT credit FROM node_credit", Integer.class))
                .isEqualTo(70);
    }

    private static Outcome explore(Class<?> application) {
        return ScenarioRunner.of(CRASH, REBALANCE)
                .on(kafka)
                .within(Bounds.DEFAULT.withMaxFaults(1))
                .explore(scenario -> anOrder(scenario, application));
    }

    @Test
    void whatOneProcessRemembersTheOtherDoesNotKnow() {
        assertThat(explore(InMemory.class))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.token().toString()).contains("crash(credit#", "/commit)"));
    }

    @Test
    void whatTheDatabaseRemembersBothKnow() {
        assertThat(explore(InTheDatabase.class)).isInstanceOf(Outcome.Passed.class);
    }
}
