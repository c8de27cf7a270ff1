package io.github.atleastonce.odd;

import static io.github.atleastonce.odd.OddService.odd;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Services with threads that touch nothing which a crash could cut. */
final class Threads {

    private Threads() {}

    static Stream<OddService> all() {
        return Stream.of(
                odd("a sum is computed by a parallel stream", Threads::parallelStream),
                odd("something is computed on a common thread and waited for", Threads::supplied),
                odd("a pool computes, and is shut down with the life", Threads::pool),
                odd("a thread of its own counts what was handled", Threads::metrics));
    }

    private static void parallelStream(Shop shop) {
        shop.reserves((life, db) -> order -> {
            int amount =
                    IntStream.range(0, order.amount()).parallel().map(i -> 1).sum();
            Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, new Order(order.number(), amount)));
        });
    }

    private static void supplied(Shop shop) {
        shop.reserves((life, db) -> order -> {
            int amount =
                    CompletableFuture.supplyAsync(() -> order.amount() * 2 / 2).join();
            Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, new Order(order.number(), amount)));
        });
    }

    private static void pool(Shop shop) {
        shop.reserves((life, db) -> {
            ExecutorService pool = Executors.newSingleThreadExecutor();
            life.onDeath(pool::shutdownNow);
            return order -> {
                int amount = pool.submit(() -> order.amount()).get();
                Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, new Order(order.number(), amount)));
            };
        });
    }

    private static void metrics(Shop shop) {
        AtomicLong counted = new AtomicLong();
        shop.reserves((life, db) -> order -> {
            Sql.inTransaction(db, connection -> Sql.reserveOnce(connection, order));
            Thread thread = new Thread(counted::incrementAndGet, "metrics");
            thread.setDaemon(true);
            thread.start();
        });
        assertThat(counted).hasValueGreaterThanOrEqualTo(0);
    }
}
