package io.github.atleastonce.kafka.spring;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.CommonContainerStoppingErrorHandler;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.FixedBackOff;

/** One service in each style of listeners. It is right under every fault, but for the one mistake that a test plants. */
class StyleService {

    /** What a listener may do wrong. */
    enum Mistake {
        NONE,
        /** Does again what comes again. */
        FORGETS,
        /** Relies on what another partition tells it. */
        NEEDS_ORDER,
        /** Does not look at what becomes of a send. */
        DOES_NOT_LOOK,
        /** Takes what is sent again for something new. */
        MAILS_AGAIN,
        /** Takes its work back when the commit of offsets reports an error. */
        TAKES_BACK,
        /** Lets its container stop at whatever goes wrong with a record, its commit included, and nobody starts it again. */
        STOPS,
        /** Tries for ever what cannot be handled; a batch forgets what came before it. */
        GETS_NO_FURTHER
    }

    private final CreditService credit;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final KafkaTemplate<String, String> kafka;
    private volatile Mistake mistake = Mistake.NONE;

    StyleService(
            CreditService credit,
            JdbcTemplate jdbc,
            PlatformTransactionManager manager,
            KafkaTemplate<String, String> kafka) {
        this.credit = credit;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(manager);
        this.kafka = kafka;
    }

    void plant(Mistake planted) {
        mistake = planted;
        credit.reset();
    }

    boolean makes(Mistake one) {
        return mistake == one;
    }

    int credit(String customer) {
        return credit.credit(customer);
    }

    List<String> mails() {
        return jdbc.queryForList("SELECT id FROM mailed ORDER BY id", String.class);
    }

    static boolean isReadable(ConsumerRecord<String, String> order) {
        return order.value().contains(":");
    }

    /** Reserves credit, tells the customer, and acknowledges. */
    void handle(ConsumerRecord<String, String> order, Runnable acknowledgement) {
        if (!isReadable(order)) {
            throw new IllegalArgumentException("no amount");
        }
        transaction.executeWithoutResult(status -> {
            if (makes(Mistake.FORGETS) || credit.isFirst(order.key())) {
                book(order.value());
            }
            if (makes(Mistake.TAKES_BACK)) {
                acknowledgement.run();
            }
        });
        var sent = kafka.send("mails", order.key(), order.value());
        if (!makes(Mistake.DOES_NOT_LOOK)) {
            sent.join();
        }
        if (!makes(Mistake.TAKES_BACK)) {
            acknowledgement.run();
        }
    }

    private void book(String order) {
        String[] parts = order.split(":");
        int amount = Integer.parseInt(parts[1]);
        int rows = jdbc.update("UPDATE credit SET amount = amount - ? WHERE customer = ?", amount, parts[0]);
        if (rows == 0 && (amount < 0 || !makes(Mistake.NEEDS_ORDER))) {
            jdbc.update("INSERT INTO credit VALUES (?, ?)", parts[0], -amount);
        }
    }

    @KafkaListener(topics = "mails", groupId = "mails")
    public void mail(ConsumerRecord<String, String> mail) {
        if (makes(Mistake.MAILS_AGAIN)) {
            credit.mail(mail.key());
        } else {
            jdbc.update(
                    "INSERT INTO mailed SELECT ? WHERE NOT EXISTS (SELECT 1 FROM mailed WHERE id = ?)",
                    mail.key(),
                    mail.key());
        }
    }

    @Configuration
    @Import(CreditService.Beans.class)
    static class Beans {

        @Bean
        StyleService styled(
                CreditService credit,
                JdbcTemplate jdbc,
                PlatformTransactionManager manager,
                KafkaTemplate<String, String> kafka) {
            return new StyleService(credit, jdbc, manager, kafka);
        }

        /** What it sends again the broker does not know: whoever reads it has to. */
        @Bean
        KafkaTemplate<String, String> kafka() {
            return BrokerUnavailableTests.Repeating.template(System.getProperty("spring.kafka.bootstrap-servers"));
        }
    }

    /** How records are handed over and acknowledged. */
    static class Style {

        private final AckMode mode;
        private final boolean batch;

        Style(AckMode mode, boolean batch) {
            this.mode = mode;
            this.batch = batch;
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> style(
                @Qualifier("kafkaListenerContainerFactory") ConcurrentKafkaListenerContainerFactory<String, String> any,
                StyleService service) {
            var factory = new ConcurrentKafkaListenerContainerFactory<String, String>();
            factory.setConsumerFactory(any.getConsumerFactory());
            factory.setBatchListener(batch);
            factory.getContainerProperties().setAckMode(mode);
            factory.setCommonErrorHandler(new TwoTries(service, batch));
            return factory;
        }
    }

    /** Tries again twice. */
    private static final class TwoTries extends DefaultErrorHandler {

        private final StyleService service;

        TwoTries(StyleService service, boolean batch) {
            super(() -> new FixedBackOff(
                            0, !batch && service.makes(Mistake.GETS_NO_FURTHER) ? FixedBackOff.UNLIMITED_ATTEMPTS : 2)
                    .start());
            this.service = service;
        }

        @Override
        public void handleRemaining(
                Exception failure,
                List<ConsumerRecord<?, ?>> records,
                Consumer<?, ?> consumer,
                MessageListenerContainer container) {
            if (service.makes(Mistake.STOPS)) {
                new CommonContainerStoppingErrorHandler().handleRemaining(failure, records, consumer, container);
            } else {
                super.handleRemaining(failure, records, consumer, container);
            }
        }
    }

    @Configuration
    static class RecordMode extends Style {

        RecordMode() {
            super(AckMode.RECORD, false);
        }

        @Bean
        RecordListener listener(StyleService service) {
            return new RecordListener(service);
        }
    }

    @Configuration
    static class BatchMode extends Style {

        BatchMode() {
            super(AckMode.BATCH, false);
        }

        @Bean
        RecordListener listener(StyleService service) {
            return new RecordListener(service);
        }
    }

    @Configuration
    static class CountMode extends Style {

        CountMode() {
            super(AckMode.COUNT, false);
        }

        @Bean
        RecordListener listener(StyleService service) {
            return new RecordListener(service);
        }
    }

    @Configuration
    static class TimeMode extends Style {

        TimeMode() {
            super(AckMode.TIME, false);
        }

        @Bean
        RecordListener listener(StyleService service) {
            return new RecordListener(service);
        }
    }

    @Configuration
    static class ManualMode extends Style {

        ManualMode() {
            super(AckMode.MANUAL, false);
        }

        @Bean
        AcknowledgingListener listener(StyleService service) {
            return new AcknowledgingListener(service);
        }
    }

    @Configuration
    static class ImmediateMode extends Style {

        ImmediateMode() {
            super(AckMode.MANUAL_IMMEDIATE, false);
        }

        @Bean
        AcknowledgingListener listener(StyleService service) {
            return new AcknowledgingListener(service);
        }
    }

    @Configuration
    static class Batches extends Style {

        Batches() {
            super(AckMode.BATCH, true);
        }

        @Bean
        BatchListener listener(StyleService service) {
            return new BatchListener(service);
        }
    }

    @Configuration
    static class ManualBatches extends Style {

        ManualBatches() {
            super(AckMode.MANUAL_IMMEDIATE, true);
        }

        @Bean
        AcknowledgingBatchListener listener(StyleService service) {
            return new AcknowledgingBatchListener(service);
        }
    }

    @Configuration
    static class Promised extends Style {

        Promised() {
            super(AckMode.MANUAL, false);
        }

        @Bean(destroyMethod = "shutdown")
        ExecutorService pool() {
            return Executors.newFixedThreadPool(2);
        }

        @Bean
        PromisingListener listener(StyleService service, ExecutorService pool) {
            return new PromisingListener(service, pool);
        }
    }

    /** Lets another thread do it, and try again what was not sent; the container acknowledges what is done. */
    static class PromisingListener {

        private final StyleService service;
        private final Executor pool;

        PromisingListener(StyleService service, Executor pool) {
            this.service = service;
            this.pool = pool;
        }

        @KafkaListener(
                topics = {"accounts", "orders"},
                groupId = "credit",
                containerFactory = "style")
        public CompletableFuture<Void> on(ConsumerRecord<String, String> order) {
            return isReadable(order) || !service.makes(Mistake.GETS_NO_FURTHER)
                    ? CompletableFuture.runAsync(() -> handle(order), pool)
                    : new CompletableFuture<>(); // Nobody ends it.
        }

        /** By itself: when a future fails, Spring commits no offset of what the same poll held after it. */
        private void handle(ConsumerRecord<String, String> order) {
            try {
                service.handle(order, () -> {});
            } catch (CompletionException notSent) {
                service.handle(order, () -> {});
            }
        }
    }

    /** Leaves the acknowledgement to the container. */
    static class RecordListener {

        private final StyleService service;

        RecordListener(StyleService service) {
            this.service = service;
        }

        @KafkaListener(
                topics = {"accounts", "orders"},
                groupId = "credit",
                containerFactory = "style")
        public void on(ConsumerRecord<String, String> order) {
            service.handle(order, () -> {});
        }
    }

    /** Acknowledges by itself. */
    static class AcknowledgingListener {

        private final StyleService service;

        AcknowledgingListener(StyleService service) {
            this.service = service;
        }

        @KafkaListener(
                topics = {"accounts", "orders"},
                groupId = "credit",
                containerFactory = "style")
        public void on(ConsumerRecord<String, String> order, Acknowledgment acknowledgment) {
            service.handle(order, acknowledgment::acknowledge);
        }
    }

    /** Gets all that a poll holds. */
    static class BatchListener {

        private final StyleService service;

        BatchListener(StyleService service) {
            this.service = service;
        }

        @KafkaListener(
                topics = {"accounts", "orders"},
                groupId = "credit",
                containerFactory = "style")
        public void on(List<ConsumerRecord<String, String>> orders) {
            service.handleAll(orders, () -> {});
        }
    }

    /** Gets all that a poll holds, and acknowledges it by itself with the last of it. */
    static class AcknowledgingBatchListener {

        private final StyleService service;

        AcknowledgingBatchListener(StyleService service) {
            this.service = service;
        }

        @KafkaListener(
                topics = {"accounts", "orders"},
                groupId = "credit",
                containerFactory = "style")
        public void on(List<ConsumerRecord<String, String>> orders, Acknowledgment acknowledgment) {
            service.handleAll(orders, acknowledgment::acknowledge);
        }
    }

    /** The last one acknowledges all. */
    private void handleAll(List<ConsumerRecord<String, String>> orders, Runnable acknowledge) {
        boolean collects = makes(Mistake.GETS_NO_FURTHER);
        for (int i = 0; i < orders.size(); i++) {
            if (!isReadable(orders.get(i))) {
                throw new BatchListenerFailedException("no amount", i);
            }
            if (!collects) {
                handle(orders, i, acknowledge);
            }
        }
        for (int i = 0; collects && i < orders.size(); i++) {
            handle(orders, i, acknowledge);
        }
    }

    private void handle(List<ConsumerRecord<String, String>> orders, int i, Runnable acknowledge) {
        handle(orders.get(i), i == orders.size() - 1 ? acknowledge : () -> {});
    }
}
