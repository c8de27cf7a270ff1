package io.github.atleastonce.examples.bugcorpus.views;

import static io.github.atleastonce.examples.bugcorpus.Stage.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.Bug;
import io.github.atleastonce.examples.bugcorpus.KnownBug;
import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.examples.bugcorpus.Stage;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.schedule.Fault;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What was counted is counted again, since nobody has noted that it was. */
@KnownBug(
        id = "P1",
        title = "Stores its checkpoint apart from what it projects: a crash between them counts twice",
        metIn = "PacktPublishing/Hands-On-Domain-Driven-Design-with-.NET-Core #17")
final class CheckpointApart {

    private CheckpointApart() {}

    static Bug bug() {
        return Bug.of(CheckpointApart.class, "crash(shop.projection/store count)", Fault.CRASH)
                .faulty(body((life, count, checkpoint) -> {
                    life.step("store count", count::incrementAndGet);
                    life.step("store checkpoint", checkpoint::incrementAndGet);
                }))
                .fixed(body((life, count, checkpoint) -> life.step("store both", () -> {
                    count.incrementAndGet();
                    checkpoint.incrementAndGet();
                })));
    }

    private interface Projection {

        void next(Life life, AtomicInteger count, AtomicInteger checkpoint);
    }

    private static Bug.Body body(Projection projection) {
        return (scenario, db) -> {
            List<Order> events = List.of(order(1), order(2));
            AtomicInteger count = new AtomicInteger();
            AtomicInteger checkpoint = new AtomicInteger();
            scenario.service("shop", life -> {
                Stage.poll(life, "projection", () -> {
                    boolean any = checkpoint.get() < events.size();
                    if (any) {
                        projection.next(life, count, checkpoint);
                    }
                    return any;
                });
                return life;
            });
            scenario.settle();
            assertThat(count).hasValue(2);
        };
    }
}
