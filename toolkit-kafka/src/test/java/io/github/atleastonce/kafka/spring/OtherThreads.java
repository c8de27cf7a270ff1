package io.github.atleastonce.kafka.spring;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Listeners that let other threads do their work, and pollers, with their twins: they know nothing of this toolkit. */
class OtherThreads {

    private OtherThreads() {}

    @Configuration
    @EnableAsync
    @EnableScheduling
    static class Beans {

        @Bean
        ThreadPoolTaskExecutor executor() {
            ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
            executor.setCorePoolSize(2);
            return executor;
        }

        @Bean(destroyMethod = "shutdown")
        ExecutorService pool() {
            return Executors.newFixedThreadPool(2);
        }

        @Bean
        Mailer mailer(CreditService service) {
            return new Mailer(service);
        }
    }

    static class Mailer {

        private final CreditService service;

        Mailer(CreditService service) {
            this.service = service;
        }

        @Async("executor")
        public void mailLater(String order) {
            service.mail(order);
        }
    }

    /** Wrong: what is acknowledged has not been done yet. */
    static class Forgetting {

        private final Mailer mailer;

        Forgetting(Mailer mailer) {
            this.mailer = mailer;
        }

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "ackEach")
        public void on(ConsumerRecord<String, String> order) {
            mailer.mailLater(order.key());
        }
    }

    /** Right: waits for it. */
    static class Waiting {

        private final CreditService service;
        private final ExecutorService pool;

        Waiting(CreditService service, ExecutorService pool) {
            this.service = service;
            this.pool = pool;
        }

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "ackEach")
        public void on(ConsumerRecord<String, String> order) throws Exception {
            pool.submit(() -> service.mail(order.key())).get();
        }
    }

    /** Wrong: does again what comes again. The record is acknowledged when the future is done. */
    static class Promising {

        private final CreditService service;
        private final Executor pool;

        Promising(CreditService service, ExecutorService pool) {
            this.service = service;
            this.pool = pool;
        }

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "manual")
        public CompletableFuture<Void> on(ConsumerRecord<String, String> order) {
            return CompletableFuture.runAsync(() -> service.reserve(order.value()), pool);
        }
    }

    /** Right: remembers what is done. */
    static class PromisingOnce {

        private final CreditService service;
        private final Executor pool;
        private final TransactionTemplate transaction;

        PromisingOnce(CreditService service, ExecutorService pool, PlatformTransactionManager manager) {
            this.service = service;
            this.pool = pool;
            this.transaction = new TransactionTemplate(manager);
        }

        @KafkaListener(topics = "orders", groupId = "credit", containerFactory = "manual")
        public CompletableFuture<Void> on(ConsumerRecord<String, String> order) {
            return CompletableFuture.supplyAsync(order::key, pool)
                    .thenAcceptAsync(
                            key -> transaction.executeWithoutResult(status -> {
                                if (service.isFirst(key)) {
                                    service.reserve(order.value());
                                }
                            }),
                            pool);
        }
    }

    /** An outbox, and who hears of what it relays. */
    static class Relaying {

        private final JdbcTemplate jdbc;
        private final KafkaTemplate<String, String> kafka;
        private final CreditService service;
        private final boolean looking;

        Relaying(JdbcTemplate jdbc, KafkaTemplate<String, String> kafka, CreditService service, boolean looking) {
            this.jdbc = jdbc;
            this.kafka = kafka;
            this.service = service;
            this.looking = looking;
            jdbc.execute("CREATE TABLE outbox (id VARCHAR(20) PRIMARY KEY)");
        }

        @Transactional
        @KafkaListener(topics = "orders", groupId = "credit")
        public void on(ConsumerRecord<String, String> order) {
            if (service.isFirst(order.key())) {
                jdbc.update("INSERT INTO outbox VALUES (?)", order.key());
            }
        }

        @Scheduled(fixedDelay = 20)
        public void relay() {
            for (String order : jdbc.queryForList("SELECT id FROM outbox", String.class)) {
                CompletableFuture<?> sent = kafka.send("mails", order, order);
                if (looking) {
                    sent.join();
                }
                jdbc.update("DELETE FROM outbox WHERE id = ?", order);
            }
        }

        @KafkaListener(topics = "mails", groupId = "post", containerFactory = "ackEach")
        public void mail(ConsumerRecord<String, String> order) {
            service.mail(order.key());
        }

        List<String> pending() {
            return jdbc.queryForList("SELECT id FROM outbox", String.class);
        }

        public void clear() {
            jdbc.update("DELETE FROM outbox");
        }
    }

    /** Wrong: forgets what was not sent. */
    @Configuration
    static class Blindly {

        @Bean
        Relaying relaying(JdbcTemplate jdbc, KafkaTemplate<String, String> kafka, CreditService service) {
            return new Relaying(jdbc, kafka, service, false);
        }
    }

    /** Right: looks what has become of it. */
    @Configuration
    static class Looking {

        @Bean
        Relaying relaying(JdbcTemplate jdbc, KafkaTemplate<String, String> kafka, CreditService service) {
            return new Relaying(jdbc, kafka, service, true);
        }
    }
}
