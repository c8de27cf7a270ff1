package io.github.atleastonce.examples.bugcorpus.listeners;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.transaction.support.TransactionTemplate;

/** Listeners with a bug that has a name, each beside its twin. They know nothing of this toolkit. */
class Listeners {

    private Listeners() {}

    /** T8: names the record of a batch that cannot be stored, and forgets those before it, which then count as done. */
    static class CollectedAndForgotten {

        private final Shop shop;
        private final TransactionTemplate transaction;

        CollectedAndForgotten(Shop shop, TransactionTemplate transaction) {
            this.shop = shop;
            this.transaction = transaction;
        }

        @KafkaListener(topics = "orders", groupId = "shop", containerFactory = "batches")
        public void on(List<String> orders) {
            List<String> readable = new ArrayList<>();
            for (int i = 0; i < orders.size(); i++) {
                if (!isNumber(orders.get(i))) {
                    throw new BatchListenerFailedException("No number.", i);
                }
                readable.add(orders.get(i));
            }
            transaction.executeWithoutResult(status -> readable.forEach(shop::storeOnce));
        }
    }

    /** The twin of T8: what comes before is stored before it says so. */
    static class StoredOneByOne {

        private final Shop shop;

        StoredOneByOne(Shop shop) {
            this.shop = shop;
        }

        @KafkaListener(topics = "orders", groupId = "shop", containerFactory = "batches")
        public void on(List<String> orders) {
            for (int i = 0; i < orders.size(); i++) {
                if (!isNumber(orders.get(i))) {
                    throw new BatchListenerFailedException("No number.", i);
                }
                shop.storeOnce(orders.get(i));
            }
        }
    }

    /** T9: acknowledges before it has stored. */
    static class AcknowledgedFirst {

        private final Shop shop;

        AcknowledgedFirst(Shop shop) {
            this.shop = shop;
        }

        @KafkaListener(topics = "orders", groupId = "shop", containerFactory = "manual")
        public void on(String order, Acknowledgment acknowledgment) {
            acknowledgment.acknowledge();
            shop.storeOnce(order);
        }
    }

    /** The twin of T9. */
    static class AcknowledgedLast {

        private final Shop shop;

        AcknowledgedLast(Shop shop) {
            this.shop = shop;
        }

        @KafkaListener(topics = "orders", groupId = "shop", containerFactory = "manual")
        public void on(String order, Acknowledgment acknowledgment) {
            shop.storeOnce(order);
            acknowledgment.acknowledge();
        }
    }

    /** T10: stores on the thread of a pool, and again what comes again. */
    static class StoredElsewhere {

        private final Shop shop;
        private final ExecutorService pool;

        StoredElsewhere(Shop shop, ExecutorService pool) {
            this.shop = shop;
            this.pool = pool;
        }

        @KafkaListener(topics = "orders", groupId = "shop", containerFactory = "manual")
        public CompletableFuture<Void> on(String order) {
            return CompletableFuture.runAsync(() -> shop.store(order), pool);
        }
    }

    /** The twin of T10. */
    static class StoredElsewhereOnce {

        private final Shop shop;
        private final ExecutorService pool;

        StoredElsewhereOnce(Shop shop, ExecutorService pool) {
            this.shop = shop;
            this.pool = pool;
        }

        @KafkaListener(topics = "orders", groupId = "shop", containerFactory = "manual")
        public CompletableFuture<Void> on(String order) {
            return CompletableFuture.runAsync(() -> shop.storeOnce(order), pool);
        }
    }

    /** C19: tries for ever what cannot be stored; nothing behind it is reached. */
    static class TriedForEver {

        private final Shop shop;

        TriedForEver(Shop shop) {
            this.shop = shop;
        }

        @KafkaListener(topics = "orders", groupId = "shop", containerFactory = "forEver")
        public void on(String order) {
            shop.storeOnce(order);
        }
    }

    /** The twin of C19. */
    static class TriedThreeTimes {

        private final Shop shop;

        TriedThreeTimes(Shop shop) {
            this.shop = shop;
        }

        @KafkaListener(topics = "orders", groupId = "shop", containerFactory = "records")
        public void on(String order) {
            shop.storeOnce(order);
        }
    }

    /** C20: takes its work back when the commit of its offset reports an error, though it was made. */
    static class TakenBack {

        private final Shop shop;
        private final TransactionTemplate transaction;

        TakenBack(Shop shop, TransactionTemplate transaction) {
            this.shop = shop;
            this.transaction = transaction;
        }

        @KafkaListener(topics = "orders", groupId = "shop", containerFactory = "manual")
        public void on(String order, Acknowledgment acknowledgment) {
            transaction.executeWithoutResult(status -> {
                shop.storeOnce(order);
                acknowledgment.acknowledge();
            });
        }
    }

    /** The twin of C20: commits the offset once its work is there for good. */
    static class CommittedBefore {

        private final Shop shop;
        private final TransactionTemplate transaction;

        CommittedBefore(Shop shop, TransactionTemplate transaction) {
            this.shop = shop;
            this.transaction = transaction;
        }

        @KafkaListener(topics = "orders", groupId = "shop", containerFactory = "manual")
        public void on(String order, Acknowledgment acknowledgment) {
            transaction.executeWithoutResult(status -> shop.storeOnce(order));
            acknowledgment.acknowledge();
        }
    }

    private static boolean isNumber(String order) {
        return order.chars().allMatch(Character::isDigit);
    }
}
