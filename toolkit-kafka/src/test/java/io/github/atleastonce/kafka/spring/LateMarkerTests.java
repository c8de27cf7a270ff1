package io.github.atleastonce.kafka.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.kafka.junit.KafkaBroker;
import io.github.atleastonce.kafka.junit.Topic;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** The broker writes what ends a transaction when it likes, which may be after a scenario has settled. */
class LateMarkerTests {

    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    @TempDir
    Path kept;

    /** Reads what is not committed, as consumers do by default. */
    static class Ledger {

        final Set<String> booked = ConcurrentHashMap.newKeySet();

        @KafkaListener(topics = "orders", groupId = "ledger")
        public void book(ConsumerRecord<String, String> order) {
            booked.add(order.value());
        }
    }

    @Configuration
    static class Beans {

        @Bean
        Ledger ledger() {
            return new Ledger();
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, Beans.class})
    @KafkaBroker(topics = @Topic(name = "orders"))
    @DirtiesContext
    static class LedgerTestCase {

        @Autowired
        Ledger ledger;

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void books(Scenario scenario) {
            ledger.booked.clear();
            scenario.channel("orders").send("o-1", "first");
            try (var producer = new KafkaProducer<>(
                            Map.of(
                                    "bootstrap.servers",
                                    System.getProperty("spring.kafka.bootstrap-servers"),
                                    "transactional.id",
                                    "shop"),
                            new StringSerializer(),
                            new StringSerializer());
                    var reader = reader()) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("orders", "o-2", "second"));
                producer.flush();
                scenario.settle();
                assertThat(ledger.booked).containsExactlyInAnyOrder("first", "second");
                long open = end(reader, ORDERS);
                producer.commitTransaction();
                await().until(() -> end(reader, ORDERS) > open);
            }
        }
    }

    private static KafkaConsumer<String, String> reader() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        System.getProperty("spring.kafka.bootstrap-servers"),
                        "isolation.level",
                        "read_committed"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static long end(KafkaConsumer<?, ?> reader, TopicPartition partition) {
        return reader.endOffsets(List.of(partition)).get(partition);
    }

    @Test
    void isNoRecordThatAwaitsItsConsumer() {
        assertThat(Told.by(LedgerTestCase.class, kept)).first(STRING).startsWith("Holds under every schedule");
    }

    /** Invoices often, each time in a transaction, and looks at once what can be read. */
    static class Desk {

        final List<Boolean> readable = new CopyOnWriteArrayList<>();
        private final KafkaTemplate<String, String> transactions;

        Desk(KafkaTemplate<String, String> transactions) {
            this.transactions = transactions;
        }

        @KafkaListener(topics = "orders", groupId = "desk")
        public void invoice(ConsumerRecord<String, String> order) {
            try (var reader = reader()) {
                for (int i = 0; i < 20; i++) {
                    RecordMetadata sent = transactions
                            .executeInTransaction(within -> within.send("invoices", order.key(), order.value()))
                            .join()
                            .getRecordMetadata();
                    readable.add(end(reader, new TopicPartition("invoices", sent.partition())) > sent.offset());
                }
            }
        }
    }

    @Configuration
    static class DeskBeans {

        @Bean
        Desk desk(KafkaTemplate<String, String> transactions) {
            return new Desk(transactions);
        }
    }

    @SpringJUnitConfig({CreditService.Beans.class, Invoicing.Beans.class, DeskBeans.class})
    @KafkaBroker(topics = {@Topic(name = "orders"), @Topic(name = "invoices")})
    @DirtiesContext
    static class DeskTestCase {

        @Autowired
        Desk desk;

        @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
        void invoices(Scenario scenario) {
            desk.readable.clear();
            scenario.channel("orders").send("o-1", "first");
            scenario.settle();
            assertThat(desk.readable).isNotEmpty().containsOnly(true);
        }
    }

    /** Else chance would say how many records the next poll holds. */
    @Test
    void isThereWhenTheCommitOfAnApplicationEnds() {
        assertThat(Told.by(DeskTestCase.class, kept)).first(STRING).startsWith("Holds under every schedule");
    }
}
