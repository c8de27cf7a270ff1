package io.github.atleastonce.examples.bugcorpus.leases;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.Change;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What was cancelled is still where the next life takes its timers from. */
@KnownBug(
        id = "L1",
        title = "Cancels a reminder in memory only: after a restart it is sent",
        metIn = "alonsodomin/quckoo #38, SamSaffron/term-llm PR 305")
final class CancelledInMemory {

    private CancelledInMemory() {}

    static Bug bug() {
        return Bug.of(CancelledInMemory.class, "crash(quiet,shop)", Fault.CRASH)
                .faulty(body(false))
                .fixed(body(true));
    }

    private static Bug.Body body(boolean forGood) {
        return (scenario, db) -> {
            Set<String> stored = new LinkedHashSet<>();
            Set<String> cancelled = new HashSet<>();
            Set<String> sent = new HashSet<>();
            scenario.service("shop", life -> {
                Map<String, Runnable> timers = new HashMap<>();
                stored.forEach(id -> timers.put(id, timer(life, sent, id)));
                life.subscribe("orders", Change.class, change -> {
                    String id = change.id();
                    if (change.what().equals("placed")) {
                        if (!cancelled.contains(id)) {
                            life.step("store reminder", () -> stored.add(id));
                            timers.computeIfAbsent(id, reminder -> timer(life, sent, reminder));
                        }
                    } else {
                        if (forGood) {
                            life.step("delete reminder", () -> {
                                stored.remove(id);
                                cancelled.add(id);
                            });
                        }
                        timers.getOrDefault(id, () -> {}).run();
                        timers.remove(id);
                    }
                });
                return life;
            });
            scenario.channel("orders").send("o-1", new Change("o-1", "placed", 1));
            scenario.channel("orders").send("o-2", new Change("o-2", "placed", 1));
            scenario.settle();
            scenario.channel("orders").send("o-1", new Change("o-1", "cancelled", 2));
            scenario.settle();
            scenario.elapse(Duration.ofHours(2));
            scenario.settle();
            assertThat(sent).contains("o-2").doesNotContain("o-1");
        };
    }

    private static Runnable timer(Life life, Set<String> sent, String id) {
        return life.after(Duration.ofHours(1), () -> sent.add(id));
    }
}
