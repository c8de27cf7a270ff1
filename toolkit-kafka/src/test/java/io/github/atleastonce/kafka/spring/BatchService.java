package io.github.atleastonce.kafka.spring;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.FixedBackOff;

/** Listeners of batches, and such that acknowledge by themselves, with their twins. */
class BatchService {

    private BatchService() {}

    @Configuration
    static class Beans {

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> batches() {
            var factory = listening(watched());
            factory.setBatchListener(true);
            return factory;
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> immediate() {
            var factory = listening(watched());
            factory.getContainerProperties().setAckMode(AckMode.MANUAL_IMMEDIATE);
            return factory;
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> counted() {
            var factory = listening(watched());
            factory.getContainerProperties().setAckMode(AckMode.COUNT_TIME);
            factory.getContainerProperties().setAckCount(100);
            factory.getContainerProperties().setAckTime(60_000);
            return factory;
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> async() {
            var factory = listening(watched());
            factory.getContainerProperties().setSyncCommits(false);
            factory.getContainerProperties().setAckMode(AckMode.RECORD);
            return factory;
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> unwatched() {
            Map<String, Object> consuming = watched();
            consuming.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, Strict.class);
            return listening(consuming);
        }

        private static ConcurrentKafkaListenerContainerFactory<String, String> listening(
                Map<String, Object> consuming) {
            var factory = new ConcurrentKafkaListenerContainerFactory<String, String>();
            factory.setConsumerFactory(new DefaultKafkaConsumerFactory<>(consuming));
            factory.setCommonErrorHandler(new DefaultErrorHandler(new FixedBackOff(0, 2)));
            return factory;
        }

        private static Map<String, Object> watched() {
            Map<String, Object> consuming = new HashMap<>();
            consuming.put(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, System.getProperty("spring.kafka.bootstrap-servers"));
            consuming.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            consuming.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
            consuming.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ErrorHandlingDeserializer.class);
            consuming.put(ErrorHandlingDeserializer.VALUE_DESERIALIZER_CLASS, Strict.class);
            return consuming;
        }
    }

    /** Refuses what is no text, unlike Kafka's own. */
    public static final class Strict implements Deserializer<String> {

        @Override
        public String deserialize(String topic, byte[] bytes) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException unreadable) {
                throw new SerializationException("This is no text.", unreadable);
            }
        }
    }

    /** Wrong: what comes before the record that cannot be read is taken for done, and was not written. */
    static class Collecting {

        private final CreditService service;
        private final TransactionTemplate transaction;

        Collecting(CreditService service, PlatformTransactionManager manager) {
            this.service = service;
            this.transaction = new TransactionTemplate(manager);
        }

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "batches")
        public void on(List<ConsumerRecord<String, String>> orders) {
            List<ConsumerRecord<String, String>> readable = new ArrayList<>();
            for (int i = 0; i < orders.size(); i++) {
                if (orders.get(i).value() == null) {
                    throw new BatchListenerFailedException("cannot be read", i);
                }
                readable.add(orders.get(i));
            }
            transaction.executeWithoutResult(status -> readable.forEach(order -> reserve(service, order)));
        }
    }

    /** Wrong: takes what one poll has brought for all that there is. */
    static class Summing {

        private final JdbcTemplate jdbc;

        Summing(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "batches")
        public void on(List<ConsumerRecord<String, String>> orders) {
            int sum = orders.stream()
                    .mapToInt(order -> Integer.parseInt(order.value().split(":")[1]))
                    .sum();
            jdbc.update("UPDATE credit SET amount = ? WHERE customer = 'alice'", 100 - sum);
        }
    }

    /** Right: writes each before it looks at the next. */
    static class OneByOne {

        private final CreditService service;
        private final TransactionTemplate transaction;

        OneByOne(CreditService service, PlatformTransactionManager manager) {
            this.service = service;
            this.transaction = new TransactionTemplate(manager);
        }

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "batches")
        public void on(List<ConsumerRecord<String, String>> orders) {
            for (int i = 0; i < orders.size(); i++) {
                ConsumerRecord<String, String> order = orders.get(i);
                if (order.value() == null) {
                    throw new BatchListenerFailedException("cannot be read", i);
                }
                transaction.executeWithoutResult(status -> reserve(service, order));
            }
        }
    }

    /** Wrong: acknowledges before its only statement. */
    static class AcknowledgingFirst {

        private final CreditService service;

        AcknowledgingFirst(CreditService service) {
            this.service = service;
        }

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "immediate")
        public void on(ConsumerRecord<String, String> order, Acknowledgment acknowledgment) {
            acknowledgment.acknowledge();
            service.mail(order.key());
        }
    }

    /** Right: acknowledges what is done. */
    static class AcknowledgingLast {

        private final CreditService service;

        AcknowledgingLast(CreditService service) {
            this.service = service;
        }

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "immediate")
        public void on(ConsumerRecord<String, String> order, Acknowledgment acknowledgment) {
            service.mail(order.key());
            acknowledgment.acknowledge();
        }
    }

    /** Wrong: a commit of offsets that reports an error, and was made, takes the work back for ever. */
    static class AcknowledgingWithin {

        private final CreditService service;

        AcknowledgingWithin(CreditService service) {
            this.service = service;
        }

        @Transactional
        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "immediate")
        public void on(ConsumerRecord<String, String> order, Acknowledgment acknowledgment) {
            reserve(service, order);
            acknowledgment.acknowledge();
        }
    }

    /** Right: what is done stays done, whatever becomes of the acknowledgement. */
    static class AcknowledgingAfter {

        private final CreditService service;
        private final TransactionTemplate transaction;

        AcknowledgingAfter(CreditService service, PlatformTransactionManager manager) {
            this.service = service;
            this.transaction = new TransactionTemplate(manager);
        }

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "immediate")
        public void on(ConsumerRecord<String, String> order, Acknowledgment acknowledgment) {
            transaction.executeWithoutResult(status -> reserve(service, order));
            acknowledgment.acknowledge();
        }
    }

    /** Right, with offsets that are committed by number and by time. */
    static class Counted {

        private final CreditService service;

        Counted(CreditService service) {
            this.service = service;
        }

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "counted")
        public void on(ConsumerRecord<String, String> order) {
            service.mail(order.key());
        }
    }

    /** Right, with offsets that are committed without waiting for the broker. */
    static class Asynchronous {

        private final CreditService service;

        Asynchronous(CreditService service) {
            this.service = service;
        }

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "async")
        public void on(ConsumerRecord<String, String> order) {
            service.mail(order.key());
        }
    }

    /** Wrong: gets no further than to what cannot be read. */
    static class Unwatched {

        private final CreditService service;

        Unwatched(CreditService service) {
            this.service = service;
        }

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "unwatched")
        public void on(ConsumerRecord<String, String> order) {
            service.mail(order.key());
        }
    }

    private static void reserve(CreditService service, ConsumerRecord<String, String> order) {
        if (service.isFirst(order.key())) {
            service.reserve(order.value());
        }
    }
}
