package io.github.atleastonce.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who waits for another thread is told from who works, and from who waits for another system. */
@Timeout(60)
class StillnessTests {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    @AfterEach
    void end() {
        end.complete(null);
        threads.shutdownNow();
    }

    /** A wait that ends when the test does. */
    @FunctionalInterface
    private interface Wait {

        void until(CompletableFuture<Void> end) throws Exception;
    }

    static Stream<Arguments> waits() {
        return Stream.<Wait>of(
                        CompletableFuture::join,
                        CompletableFuture::get,
                        end -> List.of(end).forEach(CompletableFuture::join),
                        end -> assertThat(Stream.of(end)
                                        .map(CompletableFuture::join)
                                        .toList())
                                .hasSize(1),
                        end -> {
                            CountDownLatch latch = new CountDownLatch(1);
                            end.thenRun(latch::countDown);
                            latch.await();
                        },
                        end -> {
                            BlockingQueue<String> queue = new LinkedBlockingQueue<>();
                            end.thenRun(() -> queue.add("end"));
                            queue.take();
                        })
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("waits")
    void seesWaits(Wait wait) throws Exception {
        Thread waiting = startedWith(wait);
        Stillness stillness = new Stillness();
        while (!stillness.isSeenOf(waiting)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void seesNoWaitInWork() throws Exception {
        Thread working = startedWith(end -> {
            while (!end.isDone()) {
                Thread.onSpinWait();
            }
        });
        assertThat(looks(working)).isFalse();
    }

    /** An HTTP client waits for its answer in the same way. */
    @Test
    void seesNoWaitForAnotherSystem() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            Thread waiting = startedWith(end -> HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding()));
            silent.accept();
            while (waiting.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            assertThat(looks(waiting)).isFalse();
        }
    }

    private static boolean looks(Thread thread) {
        Stillness stillness = new Stillness();
        boolean seen = false;
        for (int i = 0; i < 1_000; i++) {
            seen |= stillness.isSeenOf(thread);
        }
        return seen;
    }

    private Thread startedWith(Wait wait) throws Exception {
        CompletableFuture<Thread> started = new CompletableFuture<>();
        threads.execute(() -> {
            started.complete(Thread.currentThread());
            try {
                wait.until(end);
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
        return started.get();
    }
}
