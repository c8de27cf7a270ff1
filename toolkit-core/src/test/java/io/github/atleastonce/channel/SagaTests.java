package io.github.atleastonce.channel;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.REORDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Bounds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A trip of three bookings, as an orchestrated and as a choreographed saga. */
class SagaTests {

    private static final List<String> BOOKINGS = List.of("flight", "hotel", "car");

    private record Book(String what) {}

    private record Booked(String what) {}

    /** State of one trip; it outlives a crash. */
    private static final class Trip {

        final Set<String> booked = new HashSet<>();
        final List<String> bookings = new ArrayList<>();
        int next;

        /** Books once, whatever comes how often. */
        void book(Life life, String what, boolean once) {
            life.step("book", () -> {
                if (booked.add(what) || !once) {
                    bookings.add(what);
                }
            });
        }
    }

    /** Commands one booking after the other. Right if it sends the command again when the reply comes again. */
    private static void orchestrated(Scenario scenario, boolean once, boolean commandsAgain) {
        Trip trip = new Trip();
        scenario.service("agency", life -> {
            life.subscribe("trips", String.class, order -> life.send("commands", "t", new Book(BOOKINGS.get(0))));
            life.subscribe("replies", Booked.class, reply -> {
                int step = BOOKINGS.indexOf(reply.what());
                boolean isNew = step == trip.next;
                if (isNew) {
                    life.step("save", () -> {
                        trip.next = step + 1;
                    });
                }
                if (step < 2 && (isNew || commandsAgain)) {
                    life.send("commands", "t", new Book(BOOKINGS.get(step + 1)));
                }
            });
            return life;
        });
        scenario.service("suppliers", life -> {
            life.subscribe("commands", Book.class, command -> {
                trip.book(life, command.what(), once);
                life.send("replies", "t", new Booked(command.what()));
            });
            return life;
        });
        scenario.channel("trips").send("t", "order");
        scenario.settle();
        assertThat(trip.bookings).containsExactlyElementsOf(BOOKINGS);
    }

    @Test
    void anOrchestratorThatSavesBeforeItCommandsIsStuckAfterADeath() {
        assertThat(Explored.of(s -> orchestrated(s, true, false), Bounds.DEFAULT, CRASH, DUPLICATE)
                        .token())
                .isEqualTo("1:crash(agency<replies[k1]/save)");
    }

    @Test
    void aSupplierThatBooksEachCommandBooksTwice() {
        assertThat(Explored.of(s -> orchestrated(s, false, true), Bounds.DEFAULT, DUPLICATE, REDELIVERY, CRASH)
                        .token())
                .isEqualTo("1:duplicate(trips[k1])");
    }

    @Test
    void anOrchestratorThatCommandsAgainHolds() {
        assertThat(Explored.of(
                                s -> orchestrated(s, true, true),
                                Bounds.DEFAULT,
                                DUPLICATE,
                                REDELIVERY,
                                CRASH,
                                DELAY,
                                REORDER)
                        .claim())
                .startsWith("holds under every schedule with ≤ 2 faults (");
    }

    /** Each booking is set off by the event of the one before. */
    private static void choreographed(Scenario scenario, boolean once) {
        Trip trip = new Trip();
        String before = "ordered";
        for (String what : BOOKINGS) {
            String awaited = before;
            scenario.service(what, life -> {
                life.subscribe("events", Booked.class, event -> {
                    if (event.what().equals(awaited)) {
                        trip.book(life, what, once);
                        life.send("events", "t", new Booked(what));
                    }
                });
                return life;
            });
            before = what;
        }
        scenario.channel("events").send("t", new Booked("ordered"));
        scenario.settle();
        assertThat(trip.bookings).containsExactlyElementsOf(BOOKINGS);
    }

    @Test
    void aChoreographedSagaHoldsIfEachServiceBooksOnce() {
        assertThat(Explored.of(
                                s -> choreographed(s, true),
                                Bounds.DEFAULT.withMaxFaults(1),
                                DUPLICATE,
                                REDELIVERY,
                                CRASH,
                                DELAY,
                                REORDER)
                        .claim())
                .startsWith("holds under every schedule with ≤ 1 fault (");
        assertThat(Explored.of(s -> choreographed(s, false), Bounds.DEFAULT, CRASH)
                        .token())
                .isEqualTo("1:crash(flight<events[k1]/book)");
    }
}
