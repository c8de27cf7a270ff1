package io.github.atleastonce.examples.bugcorpus.leases;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/** Who dies with a job in hand takes it along. */
@KnownBug(
        id = "L3",
        title = "Takes a job off the queue before it is done: a crash loses it",
        metIn = "resque/resque #300")
final class PoppedFirst {

    private PoppedFirst() {}

    static Bug bug() {
        return Bug.of(PoppedFirst.class, "crash(shop.worker/take", Fault.CRASH)
                .faulty(body((life, queue, done) -> {
                    String job = life.step("take job", () -> queue.remove());
                    life.step("do job", () -> done.add(job));
                }))
                .fixed(body((life, queue, done) -> {
                    String job = queue.element();
                    life.step("do job", () -> done.add(job));
                    life.step("take job", () -> queue.remove(job));
                }));
    }

    private interface Worker {

        void work(Life life, Queue<String> queue, Set<String> done);
    }

    private static Bug.Body body(Worker worker) {
        return (scenario, db) -> {
            Queue<String> queue = new ArrayDeque<>(List.of("resize", "render"));
            Set<String> done = new HashSet<>();
            scenario.service("shop", life -> {
                Stage.poll(life, "worker", () -> {
                    boolean any = !queue.isEmpty();
                    if (any) {
                        worker.work(life, queue, done);
                    }
                    return any;
                });
                return life;
            });
            scenario.settle();
            assertThat(done).containsExactlyInAnyOrder("resize", "render");
        };
    }
}
