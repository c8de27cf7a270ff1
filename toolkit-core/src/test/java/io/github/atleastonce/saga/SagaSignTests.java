package io.github.atleastonce.saga;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DROP;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** By what a saga may be seen: rows, text, keys and headers; in a process that nobody leads. */
class SagaSignTests {

    record Booked(String trip) {}

    record Cancelled(String number) {}

    /** What outlives the services: the trips that have a room, and those that are cancelled. */
    private final List<String> rooms = new ArrayList<>();

    private final List<String> cancelled = new ArrayList<>();

    private Saga byRows() {
        return Saga.correlatedBy(Booked::trip)
                .orBy(Cancelled::number)
                .startedBy(Booked.class)
                .step("room")
                .doneBy("room", () -> rooms)
                .ends("trip", () -> rooms)
                .orEnds("cancellation", () -> cancelled);
    }

    private void clear(Scenario scenario) {
        scenario.reset(() -> {
            rooms.clear();
            cancelled.clear();
        });
    }

    private static Outcome explore(ScenarioRunner.Body body, Fault... faults) {
        return ScenarioRunner.of(faults[0], faults)
                .within(Bounds.DEFAULT.withMaxFaults(1))
                .explore(body);
    }

    private static void fails(Outcome outcome, String words) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause()).hasMessageContaining(words));
    }

    private ScenarioRunner.Body rooms(Consumer<String> book, Consumer<String> cancel) {
        return scenario -> {
            clear(scenario);
            scenario.service("hotel", life -> {
                life.subscribe("trips", Booked.class, it -> life.step("commit", () -> book.accept(it.trip())));
                life.subscribe("trips", Cancelled.class, it -> life.step("commit", () -> cancel.accept(it.number())));
                return life;
            });
            scenario.channel("trips").send("t-1", new Booked("t-1"));
            scenario.settle();
            scenario.channel("trips").send("t-1", new Cancelled("t-1"));
            assertThat(Sagas.of(scenario, byRows()))
                    .withId("t-1")
                    .isAllOrNothing()
                    .endsExactlyOnce();
        };
    }

    @Test
    void rowsShowStepsAndEndings() {
        Outcome right = explore(
                rooms(
                        trip -> {
                            if (!rooms.contains(trip) && !cancelled.contains(trip)) {
                                rooms.add(trip);
                            }
                        },
                        trip -> {
                            rooms.remove(trip);
                            if (!cancelled.contains(trip)) {
                                cancelled.add(trip);
                            }
                        }),
                DUPLICATE,
                CRASH);
        Outcome late = explore(
                rooms(
                        trip -> {
                            if (!rooms.contains(trip)) {
                                rooms.add(trip);
                            }
                        },
                        trip -> {
                            rooms.remove(trip);
                            if (!cancelled.contains(trip)) {
                                cancelled.add(trip);
                            }
                        }),
                DUPLICATE);

        assertThat(right).isInstanceOf(Outcome.Passed.class);
        fails(late, "Saga 't-1' has ended 2 times, in trip and in cancellation");
    }

    @Test
    void twoRowsAreTwoEffects() {
        ScenarioRunner.Body forgetful = scenario -> {
            clear(scenario);
            scenario.service("hotel", life -> {
                life.subscribe("trips", Booked.class, it -> life.step("commit", () -> rooms.add(it.trip())));
                return life;
            });
            scenario.channel("trips").send("t-1", new Booked("t-1"));
            assertThat(Sagas.of(scenario, byRows())).commandsOncePerStep();
        };

        fails(explore(forgetful, DUPLICATE), "Saga 't-1' has done its step 'room' twice");
    }

    private static ScenarioRunner.Body json(boolean newIds) {
        Saga saga = Saga.correlatedBy("$.order")
                .identifiedBy(message -> String.valueOf(message.headers().get("id")))
                .step("charge")
                .doneBy("charge", message -> String.valueOf(message.payload()).contains("charged"))
                .ends("receipt", message -> "receipts".equals(message.headers().get("kind")));
        return scenario -> {
            int[] ids = new int[1];
            scenario.service("till", life -> {
                life.subscribe("orders", String.class, order -> {
                    int id = newIds ? ++ids[0] : 1;
                    life.send("charges", "k", "{\"order\": \"" + order + "\", \"is\": \"charged\"}");
                    life.send(
                            "charges",
                            "k",
                            Message.of("m", "k", "{\"order\": \"" + order + "\", \"at\": " + ++ids[0] + "}")
                                    .withHeader("kind", "receipts")
                                    .withHeader("id", "r-" + id));
                });
                return life;
            });
            scenario.channel("orders").send("o-1", "o-1");
            assertThat(Sagas.of(scenario, saga)).withId("o-1").endsExactlyOnce().isAllOrNothing();
        };
    }

    /** What was sent again under the same id is the same, whatever time stands in it. */
    @Test
    void messagesAreRecognisedByPathsLambdasAndIds() {
        assertThat(explore(json(false), REDELIVERY, CRASH)).isInstanceOf(Outcome.Passed.class);
        fails(explore(json(true), REDELIVERY, CRASH), "Saga 'o-1' has ended 2 times, in receipt and in receipt");
    }

    @Test
    void whatBelongsToNoSagaIsRefused() {
        Saga saga = Saga.correlatedBy(Booked::trip)
                .step("room")
                .doneBy(Cancelled.class)
                .ends(Booked.class);

        Outcome outcome = explore(
                scenario -> {
                    scenario.consumer("hotel", "trips", Object.class, it -> {});
                    scenario.channel("trips").send("t-1", new Cancelled("t-1"));
                    assertThat(Sagas.of(scenario, saga)).endsExactlyOnce();
                },
                DUPLICATE);

        fails(outcome, "To which saga Cancelled(t-1) belongs is not known");
        assertThat(((Outcome.Failed) outcome).cause()).isInstanceOf(UsageException.class);
    }

    /** Whoever asks for losses has to see one. */
    @Test
    void whatWasLostBeforeItBeganIsNoFailureAndWhatWasLostLaterIs() {
        Saga saga = Saga.correlatedByKey().step("room").doneBy(Booked.class).ends(Cancelled.class);
        ScenarioRunner.Body body = scenario -> {
            scenario.service("hotel", life -> {
                life.subscribe("trips", String.class, trip -> {
                    life.send("rooms", trip, new Booked(trip));
                    life.send("rooms", trip, new Cancelled(trip));
                });
                return life;
            });
            scenario.channel("trips").send("t-1", "t-1");
            assertThat(Sagas.of(scenario, saga)).withId("t-1").endsExactlyOnce();
        };

        Outcome outcome = explore(body, DROP);

        fails(outcome, "Saga 't-1' came to rest without an ending");
        assertThat(((Outcome.Failed) outcome).token().toString()).isEqualTo("1:drop(rooms[k1.2])");
    }

    /** What was announced to be undone may be done again by what comes late; the row knows. */
    @Test
    void aRowThatIsThereSaysThatItIsDone() {
        Saga saga = Saga.correlatedBy(Booked::trip)
                .orBy(Cancelled::number)
                .step("room")
                .doneBy("room", () -> rooms)
                .undoneBy(
                        "released",
                        message -> "released".equals(message.headers().get("kind")))
                .ends(Booked.class)
                .orEnds("cancellation", () -> cancelled);
        ScenarioRunner.Body body = scenario -> {
            clear(scenario);
            scenario.service("hotel", life -> {
                life.subscribe(
                        "trips",
                        String.class,
                        trip -> life.step("commit", () -> {
                            if (!rooms.contains(trip)) {
                                rooms.add(trip);
                            }
                        }));
                life.subscribe("trips", Cancelled.class, it -> {
                    life.step("commit", () -> {
                        rooms.remove(it.number());
                        if (!cancelled.contains(it.number())) {
                            cancelled.add(it.number());
                        }
                    });
                    life.send(
                            "rooms",
                            it.number(),
                            Message.of("m", it.number(), it).withHeader("kind", "released"));
                });
                return life;
            });
            scenario.channel("trips").send("t-1", "t-1");
            scenario.settle();
            scenario.channel("trips").send("t-1", new Cancelled("t-1"));
            assertThat(Sagas.of(scenario, saga)).withId("t-1").isAllOrNothing();
        };

        fails(explore(body, DUPLICATE), "Saga 't-1' has ended in cancellation, and yet its step 'room' stays done");
    }
}
