package io.github.atleastonce.kafka.spring;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.transaction.ChainedTransactionManager;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.transaction.ChainedKafkaTransactionManager;
import org.springframework.kafka.transaction.KafkaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;

/** A transaction of a database and one of Kafka, one inside of the other and committed one after the other: it knows nothing of this toolkit. */
class Chained {

    private Chained() {}

    /** Both managers are deprecated, and still there. They begin in the order given, and commit in reverse. */
    @Configuration
    @SuppressWarnings("deprecation")
    static class Beans {

        @Bean
        PlatformTransactionManager chain(
                @Qualifier("manager") PlatformTransactionManager rows, KafkaTransactionManager<String, String> kafka) {
            return new ChainedTransactionManager(kafka, rows);
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> rowsFirst(
                @Qualifier("committedOnly") ConcurrentKafkaListenerContainerFactory<String, String> any,
                @Qualifier("manager") PlatformTransactionManager rows,
                KafkaTransactionManager<String, String> kafka) {
            return chaining(any, new ChainedKafkaTransactionManager<>(kafka, rows));
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> offsetsFirst(
                @Qualifier("committedOnly") ConcurrentKafkaListenerContainerFactory<String, String> any,
                @Qualifier("manager") PlatformTransactionManager rows,
                KafkaTransactionManager<String, String> kafka) {
            return chaining(any, new ChainedKafkaTransactionManager<>(rows, kafka));
        }

        private static ConcurrentKafkaListenerContainerFactory<String, String> chaining(
                ConcurrentKafkaListenerContainerFactory<String, String> any,
                ChainedKafkaTransactionManager<String, String> chain) {
            var factory = new ConcurrentKafkaListenerContainerFactory<String, String>();
            factory.setConsumerFactory(any.getConsumerFactory());
            factory.getContainerProperties().setKafkaAwareTransactionManager(chain);
            return factory;
        }

        @Bean
        Desk desk(CreditService service, KafkaTemplate<String, String> transactions) {
            return new Desk(service, transactions);
        }
    }

    static class Desk {

        private final CreditService service;
        private final KafkaTemplate<String, String> transactions;

        Desk(CreditService service, KafkaTemplate<String, String> transactions) {
            this.service = service;
            this.transactions = transactions;
        }

        /** Leaves out all of what comes again. */
        public void placeOnce(ConsumerRecord<String, String> order) {
            if (reserve(order)) {
                invoice(order);
            }
        }

        /** Reserves once, and invoices whatever comes. */
        public void place(ConsumerRecord<String, String> order) {
            reserve(order);
            invoice(order);
        }

        public boolean reserve(ConsumerRecord<String, String> order) {
            boolean first = service.isFirst(order.key());
            if (first) {
                service.reserve(order.value());
            }
            return first;
        }

        @Transactional("kafkaTransactionManager")
        public void invoice(ConsumerRecord<String, String> order) {
            transactions.send("invoices", order.key(), "to " + order.value());
        }
    }

    /** Wrong: the row is committed inside, before the invoice; what comes again gets none. */
    static class RowsInsideOnce {

        private final Desk desk;

        RowsInsideOnce(Desk desk) {
            this.desk = desk;
        }

        @Transactional("manager")
        @KafkaListener(topics = "orders", groupId = "invoicing", containerFactory = "exactlyOnce")
        public void on(ConsumerRecord<String, String> order) {
            desk.placeOnce(order);
        }
    }

    /** Right: the invoice of what comes again was taken back with its offset. */
    static class RowsInside {

        private final Desk desk;

        RowsInside(Desk desk) {
            this.desk = desk;
        }

        @Transactional("manager")
        @KafkaListener(topics = "orders", groupId = "invoicing", containerFactory = "exactlyOnce")
        public void on(ConsumerRecord<String, String> order) {
            desk.place(order);
        }
    }

    /** The invoice is committed inside, before the row: whoever reads it has to be prepared for another one. */
    static class RowsOutside {

        private final Desk desk;

        RowsOutside(Desk desk) {
            this.desk = desk;
        }

        @Transactional("manager")
        @KafkaListener(topics = "orders", groupId = "invoicing", containerFactory = "committedOnly")
        public void on(ConsumerRecord<String, String> order) {
            desk.reserve(order);
            // By the proxy of the desk: where it calls itself the annotation says nothing.
            desk.invoice(order);
        }
    }

    /** Charges one for each order that was invoiced, however often. */
    static class PostOnce {

        private final CreditService service;

        PostOnce(CreditService service) {
            this.service = service;
        }

        @Transactional("manager")
        @KafkaListener(topics = "invoices", groupId = "post", containerFactory = "committedOnly")
        public void committed(ConsumerRecord<String, String> invoice) {
            if (service.isFirst("post " + invoice.key())) {
                service.reserve("alice:1");
            }
        }
    }

    /** Wrong: offset and invoice are committed first, so that nobody reserves what was lost of the row. */
    static class OffsetsFirst {

        private final Desk desk;

        OffsetsFirst(Desk desk) {
            this.desk = desk;
        }

        @KafkaListener(topics = "orders", groupId = "invoicing", containerFactory = "offsetsFirst")
        public void on(ConsumerRecord<String, String> order) {
            desk.place(order);
        }
    }

    /** Right: the row is committed first, and is known when the order comes again. */
    static class RowsFirst {

        private final Desk desk;

        RowsFirst(Desk desk) {
            this.desk = desk;
        }

        @KafkaListener(topics = "orders", groupId = "invoicing", containerFactory = "rowsFirst")
        public void on(ConsumerRecord<String, String> order) {
            desk.place(order);
        }
    }

    /** Wrong: the row is committed first, and what comes again gets no invoice. */
    static class ChainOnce {

        private final Desk desk;

        ChainOnce(Desk desk) {
            this.desk = desk;
        }

        @Transactional("chain")
        @KafkaListener(topics = "orders", groupId = "invoicing", containerFactory = "committedOnly")
        public void on(ConsumerRecord<String, String> order) {
            desk.placeOnce(order);
        }
    }

    /** Right: another invoice for what comes again. */
    static class Chain {

        private final Desk desk;

        Chain(Desk desk) {
            this.desk = desk;
        }

        @Transactional("chain")
        @KafkaListener(topics = "orders", groupId = "invoicing", containerFactory = "committedOnly")
        public void on(ConsumerRecord<String, String> order) {
            desk.place(order);
        }
    }
}
