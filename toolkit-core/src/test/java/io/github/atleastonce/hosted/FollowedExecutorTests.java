package io.github.atleastonce.hosted;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.ChannelOptions;
import io.github.atleastonce.channel.Confirmation;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What services hand over to an executor that the test has handed over is part of the run. */
@Timeout(60)
class FollowedExecutorTests {

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** Stores orders, and mails them on another thread. */
    private static final class Shop {

        private final Life life;
        private final ExecutorService pool;
        private final Set<String> stored;
        private final Set<String> mailed;

        Shop(Life life, ExecutorService pool, Set<String> stored, Set<String> mailed) {
            this.life = life;
            this.pool = pool;
            this.stored = stored;
            this.mailed = mailed;
        }

        private boolean store(String order) {
            return life.step("store", () -> stored.add(order));
        }

        private void mail(String order) {
            life.step("mail", () -> mailed.add(order));
        }

        void mailLaterAndOnce(String order) {
            if (store(order)) {
                pool.execute(() -> mail(order));
            }
        }

        void mailLater(String order) {
            store(order);
            pool.execute(() -> mail(order));
        }

        void waitForFuture(String order) {
            store(order);
            get(pool.submit(() -> mail(order))::get);
        }

        void waitForAll(String order) {
            store(order);
            get(() -> pool.invokeAll(Set.of(
                    () -> {
                        mail(order);
                        return order;
                    },
                    () -> order)));
        }

        void join(String order) {
            store(order);
            CompletableFuture.runAsync(() -> mail(order), pool).join();
        }

        void joinContinuation(String order) {
            CompletableFuture.runAsync(() -> store(order), pool)
                    .thenRunAsync(() -> mail(order), pool)
                    .thenRun(() -> life.step("note"))
                    .join();
        }

        private static void get(Callable<?> future) {
            try {
                future.call();
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private Outcome explore(BiConsumer<Shop, String> handler, int faults) {
        return ScenarioRunner.of(CRASH, REDELIVERY)
                .within(Bounds.DEFAULT.withMaxFaults(faults))
                .explore(scenario -> body(scenario, handler));
    }

    private void body(Scenario scenario, BiConsumer<Shop, String> handler) {
        body(scenario, Confirmation.WHEN_QUIET, handler);
    }

    private void body(Scenario scenario, Confirmation confirmed, BiConsumer<Shop, String> handler) {
        scenario.channel("orders", ChannelOptions.DEFAULT.confirmation(confirmed));
        Set<String> stored = new TreeSet<>();
        Set<String> mailed = new TreeSet<>();
        ExecutorService pool = scenario.follow(threads);
        scenario.service("shop", life -> {
            Shop shop = new Shop(life, pool, stored, mailed);
            life.subscribe("orders", String.class, order -> handler.accept(shop, order));
            return shop;
        });
        scenario.channel("orders").send("k1", "o-1");
        scenario.channel("orders").send("k2", "o-2");
        scenario.settle();
        assertThat(mailed).containsExactly("o-1", "o-2");
    }

    static Stream<Arguments> waiting() {
        return Stream.<BiConsumer<Shop, String>>of(
                        Shop::waitForFuture, Shop::waitForAll, Shop::join, Shop::joinContinuation)
                .map(Arguments::of);
    }

    @Test
    void whatIsHandedOverDiesWithItsLife() {
        assertThat(explore(Shop::mailLaterAndOnce, 1)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.token()).hasToString("1:crash(shop<orders[k1]/store)");
        });
    }

    /** In memory what was handled since all was quiet comes again after a crash. */
    @Test
    void whatIsHandedOverAgainIsNotLost() {
        assertThat(explore(Shop::mailLater, 2)).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void theProcessMayDieBetweenTheAcknowledgementAndTheWork() {
        Outcome outcome = ScenarioRunner.of(CRASH)
                .explore(scenario -> body(scenario, Confirmation.EACH_MESSAGE, Shop::mailLater));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.token()).hasToString("1:crash(shop<orders[k1].async)"));
    }

    @ParameterizedTest
    @MethodSource("waiting")
    void whoeverWaitsForItLosesNothing(BiConsumer<Shop, String> handler) {
        assertThat(explore(handler, 1)).isInstanceOf(Outcome.Passed.class);
    }

    /** Each wait is looked at for some milliseconds, before it is taken for one. */
    @Tag("long")
    @Timeout(180)
    @ParameterizedTest
    @MethodSource("waiting")
    void whoeverWaitsForItLosesNothingByTwoFaults(BiConsumer<Shop, String> handler) {
        assertThat(explore(handler, 2)).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void whatNobodyFollowsIsRefused() {
        Outcome outcome = ScenarioRunner.of(CRASH).explore(scenario -> {
            scenario.service("shop", life -> {
                life.subscribe(
                        "orders",
                        String.class,
                        order -> CompletableFuture.runAsync(() -> life.step("mail"))
                                .join());
                return life;
            });
            scenario.channel("orders").send("k1", "o-1");
            scenario.settle();
        });
        assertThat(outcome).isInstanceOf(Outcome.Failed.class).asString().contains("on a thread of its own");
    }
}
