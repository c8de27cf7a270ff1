package io.github.atleastonce.vacuous;

import static io.github.atleastonce.vacuous.Way.Room.IN_MEMORY;
import static io.github.atleastonce.vacuous.Way.way;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Fault;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Services that take their steps on threads of their own. The refusal is thrown there, where nobody hears it, and no crash comes
 * between what they do. Each waits for its thread, so that every run is the same.
 */
class ThreadsTestCase {

    private static final String OTHER_THREAD = "on a thread of its own";

    /** Does a piece of work somewhere else, and returns when it is over. */
    @FunctionalInterface
    private interface Elsewhere {
        void perform(Runnable work) throws Exception;
    }

    static Stream<Way> ways() {
        return Stream.of(
                        of("T1", "a thread that is joined", "joined"),
                        of("T2", "CompletableFuture.runAsync(…).exceptionally(…).join()", "exceptionally"),
                        of("T3", "a future of a pool that nobody looks at", "futureIgnored"),
                        of("T4", "invokeAll, whose futures nobody looks at", "invokeAll"),
                        of("T5", "a java.util.Timer", "timer"),
                        of("T6", "the common pool, whose work nobody joins", "quietly"),
                        of("T7", "a ScheduledExecutorService", "scheduled"),
                        of("T8", "a thread that catches and logs whatever comes, as a library does", "caught"),
                        of("T9", "a thread with a handler for what nobody catches", "uncaughtHandler"),
                        of("T10", "CompletableFuture.supplyAsync(…).handle(…)", "handled"))
                .map(draft -> draft.fails(OTHER_THREAD).today());
    }

    static Stream<Way> more() {
        return Stream.of(
                way("T11", IN_MEMORY, "A message is sent on another thread", ThreadsTestCase.class, "sends")
                        .fails(OTHER_THREAD)
                        .today(),
                way("T12", IN_MEMORY, "An attempt takes its step on another thread", ThreadsTestCase.class, "attempts")
                        .fails(OTHER_THREAD)
                        .today(),
                way(
                                "T13",
                                IN_MEMORY,
                                "A step on another thread, and no fault that has a place there",
                                ThreadsTestCase.class,
                                "onlyDuplicates")
                        .fails(OTHER_THREAD)
                        .today());
    }

    private static Way.Draft of(String id, String where, String method) {
        return way(id, IN_MEMORY, "The steps are taken on " + where, ThreadsTestCase.class, method);
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void joined(Scenario scenario) {
        books(scenario, work -> {
            Thread thread = new Thread(work);
            thread.start();
            thread.join();
        });
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void exceptionally(Scenario scenario) {
        books(
                scenario,
                work -> CompletableFuture.runAsync(work)
                        .exceptionally(failure -> null)
                        .join());
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void futureIgnored(Scenario scenario) {
        books(scenario, work -> {
            ExecutorService pool = Executors.newSingleThreadExecutor();
            var future = pool.submit(work);
            pool.shutdown();
            assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            assertThat(future.isDone()).isTrue();
        });
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void invokeAll(Scenario scenario) {
        books(scenario, work -> {
            ExecutorService pool = Executors.newSingleThreadExecutor();
            var futures = pool.invokeAll(List.of(Executors.callable(work)));
            pool.shutdown();
            assertThat(futures).hasSize(1);
        });
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void timer(Scenario scenario) {
        books(scenario, work -> {
            Timer timer = new Timer(true);
            CountDownLatch over = new CountDownLatch(1);
            timer.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            countDownAfter(work, over);
                        }
                    },
                    0);
            over.await();
            timer.cancel();
        });
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void quietly(Scenario scenario) {
        books(scenario, work -> {
            // Whoever joins may do the work itself.
            CountDownLatch over = new CountDownLatch(1);
            ForkJoinPool.commonPool().execute(() -> countDownAfter(work, over));
            over.await();
        });
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void scheduled(Scenario scenario) {
        books(scenario, work -> {
            ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
            CountDownLatch over = new CountDownLatch(1);
            var future = scheduler.schedule(() -> countDownAfter(work, over), 0, TimeUnit.SECONDS);
            over.await();
            scheduler.shutdown();
            assertThat((Object) future).isNotNull();
        });
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void caught(Scenario scenario) {
        books(scenario, work -> {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (Throwable logged) {
                    assertThat((Object) logged).isNotNull();
                }
            });
            thread.start();
            thread.join();
        });
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void uncaughtHandler(Scenario scenario) {
        books(scenario, work -> {
            Thread thread = new Thread(work);
            thread.setUncaughtExceptionHandler(
                    (any, logged) -> assertThat((Object) logged).isNotNull());
            thread.start();
            thread.join();
        });
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void handled(Scenario scenario) {
        books(
                scenario,
                work -> CompletableFuture.supplyAsync(() -> {
                            work.run();
                            return "done";
                        })
                        .handle((done, failure) -> "handled")
                        .join());
    }

    @FaultTest(faults = Fault.DUPLICATE, maxFaults = 1)
    void onlyDuplicates(Scenario scenario) {
        books(scenario, work -> {
            Thread thread = new Thread(work);
            thread.start();
            thread.join();
        });
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void sends(Scenario scenario) {
        TreeSet<String> billed = new TreeSet<>();
        scenario.service("shop", life -> {
            life.subscribe(
                    "orders",
                    String.class,
                    order -> CompletableFuture.runAsync(() -> life.send("bills", order, order))
                            .exceptionally(failure -> null)
                            .join());
            return life;
        });
        scenario.consumer("billing", "bills", String.class, billed::add);
        Books.order(scenario);
        scenario.settle();
        assertThat(billed).containsExactly("o-1");
    }

    @FaultTest(faults = Fault.CRASH, maxFaults = 1)
    void attempts(Scenario scenario) {
        TreeSet<String> booked = new TreeSet<>();
        TreeSet<String> outbox = new TreeSet<>();
        var shop = scenario.service("shop", life -> life);
        scenario.attempt(
                shop,
                life -> CompletableFuture.runAsync(() -> {
                            booked.add("o-1");
                            outbox.add("o-1");
                            life.step("commit");
                        })
                        .exceptionally(failure -> null)
                        .join());
        scenario.settle();
        assertThat(outbox).isEqualTo(booked);
    }

    /** Books an order and writes the event in two steps: wrong under a crash between them, if one could come there. */
    private static void books(Scenario scenario, Elsewhere elsewhere) {
        TreeSet<String> booked = new TreeSet<>();
        TreeSet<String> outbox = new TreeSet<>();
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> {
                if (!booked.contains(order)) {
                    elsewhere.perform(() -> {
                        booked.add(order);
                        outbox.add(order);
                        life.step("commit");
                    });
                }
            });
            return life;
        });
        Books.order(scenario);
        scenario.settle();
        assertThat(outbox).isEqualTo(booked).isNotEmpty();
    }

    private static void countDownAfter(Runnable work, CountDownLatch over) {
        try {
            work.run();
        } finally {
            over.countDown();
        }
    }
}
