package io.github.atleastonce.kafka.spring;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.transaction.KafkaTransactionManager;
import org.springframework.transaction.annotation.Transactional;

/** Reads orders and writes invoices, with transactions of Kafka: it knows nothing of this toolkit. */
class Invoicing {

    private Invoicing() {}

    @Configuration
    static class Beans {

        @Bean
        ProducerFactory<String, String> transactional() {
            Map<String, Object> sending = new HashMap<>();
            sending.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, System.getProperty("spring.kafka.bootstrap-servers"));
            var factory = new DefaultKafkaProducerFactory<>(sending, new StringSerializer(), new StringSerializer());
            factory.setTransactionIdPrefix("invoicing-");
            return factory;
        }

        @Bean
        KafkaTransactionManager<String, String> kafkaTransactionManager(ProducerFactory<String, String> transactional) {
            return new KafkaTransactionManager<>(transactional);
        }

        @Bean
        KafkaTemplate<String, String> transactions(ProducerFactory<String, String> transactional) {
            return new KafkaTemplate<>(transactional);
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> exactlyOnce(
                KafkaTransactionManager<String, String> kafkaTransactionManager) {
            var factory = listening();
            factory.getContainerProperties().setKafkaAwareTransactionManager(kafkaTransactionManager);
            return factory;
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> committedOnly() {
            return listening();
        }

        private static ConcurrentKafkaListenerContainerFactory<String, String> listening() {
            Map<String, Object> consuming = new HashMap<>();
            consuming.put(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, System.getProperty("spring.kafka.bootstrap-servers"));
            consuming.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            consuming.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
            consuming.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
            consuming.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
            var factory = new ConcurrentKafkaListenerContainerFactory<String, String>();
            factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(consuming));
            return factory;
        }
    }

    /** Right: the offset is committed with the invoice. */
    static class ExactlyOnce {

        private final KafkaTemplate<String, String> transactions;

        ExactlyOnce(KafkaTemplate<String, String> transactions) {
            this.transactions = transactions;
        }

        @KafkaListener(topics = "orders", groupId = "invoicing", containerFactory = "exactlyOnce")
        public void on(ConsumerRecord<String, String> order) {
            transactions.send("invoices", order.key(), "to " + order.value());
        }
    }

    /** Wrong where each order gets one invoice: the transaction leaves the offset out. */
    static class TransactionOfItsOwn {

        private final KafkaTemplate<String, String> transactions;

        TransactionOfItsOwn(KafkaTemplate<String, String> transactions) {
            this.transactions = transactions;
        }

        @Transactional("kafkaTransactionManager")
        @KafkaListener(topics = "orders", groupId = "invoicing", containerFactory = "committedOnly")
        public void on(ConsumerRecord<String, String> order) {
            transactions.send("invoices", order.key(), "to " + order.value());
        }
    }

    /** Right: the same transaction, by name, and the offset in it. */
    static class OffsetByHand {

        private final KafkaTemplate<String, String> transactions;

        OffsetByHand(KafkaTemplate<String, String> transactions) {
            this.transactions = transactions;
        }

        @Transactional("kafkaTransactionManager")
        @KafkaListener(topics = "orders", groupId = "invoicing", containerFactory = "committedOnly")
        public void on(ConsumerRecord<String, String> order, Consumer<?, ?> consumer) {
            transactions.send("invoices", order.key(), "to " + order.value());
            transactions.sendOffsetsToTransaction(
                    Map.of(
                            new TopicPartition(order.topic(), order.partition()),
                            new OffsetAndMetadata(order.offset() + 1)),
                    consumer.groupMetadata());
        }
    }

    /** Wrong: the prefix lets the template begin another transaction inside of the container's, without the offset. */
    static class AnotherProducer {

        private final KafkaTemplate<String, String> transactions;

        AnotherProducer(KafkaTemplate<String, String> transactions) {
            this.transactions = transactions;
        }

        @KafkaListener(topics = "orders", groupId = "invoicing", containerFactory = "exactlyOnce")
        public void on(ConsumerRecord<String, String> order) {
            transactions.executeInTransaction(another -> another.send("invoices", order.key(), "to " + order.value()));
        }
    }

    /** Wrong: the database is committed first, then Kafka; what comes again is left out. */
    static class OneAfterTheOther {

        private final CreditService service;
        private final KafkaTemplate<String, String> transactions;

        OneAfterTheOther(CreditService service, KafkaTemplate<String, String> transactions) {
            this.service = service;
            this.transactions = transactions;
        }

        @Transactional("manager")
        @KafkaListener(topics = "orders", groupId = "invoicing", containerFactory = "committedOnly")
        public void on(ConsumerRecord<String, String> order) {
            if (service.isFirst(order.key())) {
                service.reserve(order.value());
                transactions.send("invoices", order.key(), "to " + order.value());
            }
        }
    }

    /** Right: the invoice is sent again when the order comes again; the credit is not reserved again. */
    static class SentAgain {

        private final CreditService service;
        private final KafkaTemplate<String, String> transactions;

        SentAgain(CreditService service, KafkaTemplate<String, String> transactions) {
            this.service = service;
            this.transactions = transactions;
        }

        @Transactional("manager")
        @KafkaListener(topics = "orders", groupId = "invoicing", containerFactory = "committedOnly")
        public void on(ConsumerRecord<String, String> order) {
            if (service.isFirst(order.key())) {
                service.reserve(order.value());
            }
            transactions.send("invoices", order.key(), "to " + order.value());
        }
    }

    /** Mails what was invoiced, and charges one for each mail; it reads what is committed only. */
    static class Post {

        private final CreditService service;

        Post(CreditService service) {
            this.service = service;
        }

        @KafkaListener(topics = "invoices", groupId = "post", containerFactory = "committedOnly")
        public void committed(ConsumerRecord<String, String> invoice) {
            service.mail(invoice.key());
            service.reserve("alice:1");
        }
    }

    /** The same, but it reads what is not committed, too. */
    static class HastyPost {

        private final CreditService service;

        HastyPost(CreditService service) {
            this.service = service;
        }

        @KafkaListener(topics = "invoices", groupId = "post", containerFactory = "ackEach")
        public void any(ConsumerRecord<String, String> invoice) {
            service.mail(invoice.key());
            service.reserve("alice:1");
        }
    }
}
