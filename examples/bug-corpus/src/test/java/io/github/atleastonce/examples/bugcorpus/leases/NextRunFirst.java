package io.github.atleastonce.examples.bugcorpus.leases;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The calendar says that the report of this hour was made, and it was not. */
@KnownBug(
        id = "L4",
        title = "Moves on to the next run of a schedule before this one is done: a crash skips it",
        metIn = "NousResearch/hermes-agent PR 4703, cupcakearmy/autorestic PR 414")
final class NextRunFirst {

    private NextRunFirst() {}

    static Bug bug() {
        return Bug.of(NextRunFirst.class, "crash(shop.schedule/", Fault.CRASH)
                .faulty(body((life, calendar, reports) -> {
                    int hour = life.step("advance", calendar::incrementAndGet);
                    life.step("report", () -> reports.add(hour));
                }))
                .fixed(body((life, calendar, reports) -> {
                    int hour = calendar.get() + 1;
                    life.step("report", () -> reports.add(hour));
                    life.step("advance", () -> calendar.set(hour));
                }));
    }

    private interface Schedule {

        void run(Life life, AtomicInteger calendar, Set<Integer> reports);
    }

    private static Bug.Body body(Schedule schedule) {
        return (scenario, db) -> {
            long began = scenario.clock().millis();
            AtomicInteger calendar = new AtomicInteger();
            Set<Integer> reports = new HashSet<>();
            scenario.service("shop", life -> {
                Stage.poll(life, "schedule", () -> {
                    long next = began + Duration.ofHours(calendar.get() + 1).toMillis();
                    boolean due = life.clock().millis() >= next;
                    if (due) {
                        schedule.run(life, calendar, reports);
                    }
                    return due;
                });
                return life;
            });
            scenario.elapse(Duration.ofHours(2));
            scenario.settle();
            assertThat(reports).containsExactlyInAnyOrder(1, 2);
        };
    }
}
