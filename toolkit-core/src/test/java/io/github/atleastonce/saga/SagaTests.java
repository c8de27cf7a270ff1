package io.github.atleastonce.saga;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.saga.Orchestrator.Bug;
import io.github.atleastonce.saga.OrderEvent.BookDelivery;
import io.github.atleastonce.saga.OrderEvent.CreditRefused;
import io.github.atleastonce.saga.OrderEvent.CreditReleased;
import io.github.atleastonce.saga.OrderEvent.CreditReserved;
import io.github.atleastonce.saga.OrderEvent.DeliveryBooked;
import io.github.atleastonce.saga.OrderEvent.DeliveryRefused;
import io.github.atleastonce.saga.OrderEvent.OrderApproved;
import io.github.atleastonce.saga.OrderEvent.OrderPlaced;
import io.github.atleastonce.saga.OrderEvent.OrderRejected;
import io.github.atleastonce.saga.OrderEvent.ReleaseCredit;
import io.github.atleastonce.saga.OrderEvent.ReleaseStock;
import io.github.atleastonce.saga.OrderEvent.ReserveCredit;
import io.github.atleastonce.saga.OrderEvent.ReserveStock;
import io.github.atleastonce.saga.OrderEvent.StockRefused;
import io.github.atleastonce.saga.OrderEvent.StockReleased;
import io.github.atleastonce.saga.OrderEvent.StockReserved;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asserted of a process that somebody orchestrates: each assertion catches its bug, and passes the same process without it. */
class SagaTests {

    private static final Saga ORDER = Saga.correlatedBy(OrderEvent::orderId)
            .startedBy(OrderPlaced.class)
            .step("credit")
            .commandedBy(ReserveCredit.class)
            .doneBy(CreditReserved.class)
            .refusedBy(CreditRefused.class)
            .undoneBy(CreditReleased.class)
            .step("stock")
            .commandedBy(ReserveStock.class)
            .doneBy(StockReserved.class)
            .refusedBy(StockRefused.class)
            .undoneBy(StockReleased.class)
            .step("delivery")
            .commandedBy(BookDelivery.class)
            .doneBy(DeliveryBooked.class)
            .refusedBy(DeliveryRefused.class)
            .ends(OrderApproved.class)
            .orEnds(OrderRejected.class);

    /** What the participants make of an order. */
    enum Answer {
        YES,
        NO_STOCK,
        NO_DELIVERY,
        SILENCE
    }

    private record Case(Bug bug, Answer answer, String words, Consumer<SagasAssert> asserted, Fault... faults) {

        @Override
        public String toString() {
            return bug + " with " + answer;
        }
    }

    private static void start(Scenario scenario, Bug bug, Answer answer) {
        Orchestrator.Database db = new Orchestrator.Database();
        scenario.service("orchestrator", life -> new Orchestrator(life, db, bug));
        Map<String, Object> credit = new HashMap<>();
        scenario.service("credit", life -> {
            Participant participant = new Participant(life, credit);
            life.subscribe(
                    "credit",
                    ReserveCredit.class,
                    it -> participant.reserve(it.orderId(), new CreditReserved(it.orderId())));
            life.subscribe(
                    "credit",
                    ReleaseCredit.class,
                    it -> participant.release(it.orderId(), new CreditReleased(it.orderId()), before -> false));
            return participant;
        });
        Map<String, Object> stock = new HashMap<>();
        scenario.service("stock", life -> {
            Participant participant = new Participant(life, stock);
            life.subscribe("stock", ReserveStock.class, it -> {
                if (answer != Answer.SILENCE) {
                    participant.reserve(
                            it.orderId(),
                            answer == Answer.NO_STOCK
                                    ? new StockRefused(it.orderId())
                                    : new StockReserved(it.orderId()));
                }
            });
            life.subscribe(
                    "stock",
                    ReleaseStock.class,
                    it -> participant.release(it.orderId(), new StockReleased(it.orderId()), before -> false));
            return participant;
        });
        Map<String, Object> delivery = new HashMap<>();
        scenario.service("delivery", life -> {
            Participant participant = new Participant(life, delivery);
            life.subscribe(
                    "delivery",
                    BookDelivery.class,
                    it -> participant.reserve(
                            it.orderId(),
                            answer == Answer.NO_DELIVERY
                                    ? new DeliveryRefused(it.orderId())
                                    : new DeliveryBooked(it.orderId())));
            return participant;
        });
        scenario.consumer("customer", "outcomes", OrderEvent.class, outcome -> {});
        scenario.channel("orders").send("o-1", new OrderPlaced("o-1"));
    }

    private static ScenarioRunner runner(int maxFaults, Fault... faults) {
        return ScenarioRunner.of(faults[0], faults)
                .within(Bounds.DEFAULT.withMaxFaults(maxFaults).withDelay(Orchestrator.PATIENCE));
    }

    private static Outcome explore(Case sample, Bug bug) {
        return runner(1, sample.faults()).explore(scenario -> {
            start(scenario, bug, sample.answer());
            sample.asserted().accept(assertThat(Sagas.of(scenario, ORDER)).withId("o-1"));
        });
    }

    static List<Case> cases() {
        Fault[] usual = {DUPLICATE, REDELIVERY, CRASH};
        return List.of(
                new Case(
                        Bug.COMMITS_IN_TWO,
                        Answer.YES,
                        "Saga 'o-1' came to rest without an ending, which would be OrderApproved or OrderRejected.",
                        SagasAssert::endsExactlyOnce,
                        usual),
                new Case(
                        Bug.HANDLES_REPLIES_AGAIN,
                        Answer.YES,
                        "Saga 'o-1' has ended 2 times, in OrderApproved and in OrderApproved.",
                        SagasAssert::endsExactlyOnce,
                        usual),
                new Case(
                        Bug.HANDLES_REPLIES_AGAIN,
                        Answer.YES,
                        "then ReserveCredit[orderId=o-1, command=2] by 'orchestrator', then ",
                        SagasAssert::commandsOncePerStep,
                        usual),
                new Case(
                        Bug.HANDLES_REPLIES_AGAIN,
                        Answer.YES,
                        "Saga 'o-1' has commanded its step 'credit' twice, for 1 attempt.",
                        SagasAssert::commandsOncePerStep,
                        usual),
                new Case(
                        Bug.FORGETS_THE_CREDIT,
                        Answer.NO_DELIVERY,
                        "Saga 'o-1' has ended in OrderRejected, and yet its step 'credit' stays done: nothing has undone it.",
                        SagasAssert::isAllOrNothing,
                        usual),
                new Case(
                        Bug.FORGETS_THE_CREDIT,
                        Answer.NO_DELIVERY,
                        "its step 'credit' stays done",
                        SagasAssert::compensatesInAnyOrder,
                        usual),
                new Case(
                        Bug.UNDOES_FORWARD,
                        Answer.NO_DELIVERY,
                        "Saga 'o-1' has undone 'credit' before 'stock', which is the later step.",
                        SagasAssert::compensatesInReverse,
                        usual),
                new Case(
                        Bug.UNDOES_WHAT_WAS_REFUSED,
                        Answer.NO_STOCK,
                        "Saga 'o-1' has undone its step 'stock', which was refused.",
                        SagasAssert::compensatesOnlyWhatWasDone,
                        usual),
                new Case(
                        Bug.GOES_ON_AFTER_THE_END,
                        Answer.YES,
                        "Saga 'o-1' has commanded its step 'delivery' after it had ended.",
                        SagasAssert::ignoresLateReplies,
                        DUPLICATE),
                new Case(
                        Bug.GOES_ON_AFTER_THE_END,
                        Answer.YES,
                        "Saga 'o-1' has ended 2 times",
                        SagasAssert::endsExactlyOnce,
                        DUPLICATE),
                new Case(
                        Bug.NEVER_TIMES_OUT,
                        Answer.SILENCE,
                        "Saga 'o-1' still waits for its step 'stock' after PT15M, and has not ended in OrderRejected.",
                        sagas -> sagas.timesOut("stock", Orchestrator.PATIENCE).to(OrderRejected.class),
                        usual),
                new Case(
                        Bug.TAKES_SILENCE_FOR_CONSENT,
                        Answer.SILENCE,
                        "Saga 'o-1' has waited in vain for its step 'stock', and has ended in OrderApproved instead of OrderRejected.",
                        sagas -> sagas.timesOut("stock", Orchestrator.PATIENCE).to(OrderRejected.class),
                        usual));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void catchesTheBug(Case sample) {
        assertThat(explore(sample, sample.bug()))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(AssertionError.class)
                                .hasMessageContaining(sample.words())
                                .hasMessageContaining("Seen of it: OrderPlaced by the test"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void passesTheTwin(Case sample) {
        assertThat(explore(sample, Bug.NONE)).isInstanceOf(Outcome.Passed.class);
    }

    /** Among them those in which it ends otherwise than without faults, since a reply is late. */
    @Test
    void holdsUnderTwoFaultsOfAnyKind() {
        Outcome outcome = runner(2, DUPLICATE, REDELIVERY, CRASH, DELAY).explore(scenario -> {
            start(scenario, Bug.NONE, Answer.YES);
            assertThat(Sagas.of(scenario, ORDER))
                    .endsExactlyOnce()
                    .isAllOrNothing()
                    .compensatesInReverse()
                    .compensatesOnlyWhatWasDone()
                    .commandsOncePerStep()
                    .ignoresLateReplies()
                    .coversEveryEnding();
        });

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Passed.class, passed -> {
            assertThat(passed.claim().exhausted()).isEqualTo(2);
            assertThat(passed.claim().toString()).doesNotContain("no saga");
        });
    }

    /** Without a reply that is late it always completes: that is no failure of the service, and nothing to claim. */
    @Test
    void anEndingThatNoScheduleReachesDecides() {
        Outcome outcome = runner(1, DUPLICATE, CRASH).explore(scenario -> {
            start(scenario, Bug.NONE, Answer.YES);
            assertThat(Sagas.of(scenario, ORDER)).endsExactlyOnce().coversEveryEnding();
        });

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Inconclusive.class, inconclusive -> {
            assertThat(inconclusive.reason()).contains("no saga ended in OrderRejected under any schedule");
            assertThat(inconclusive.remedy()).contains("let the body do what leads there");
        });
    }

    @Test
    void endingsOfDifferentSagasInOneBodyAreCovered() {
        Outcome outcome = runner(1, DUPLICATE, CRASH).explore(scenario -> {
            start(scenario, Bug.NONE, Answer.NO_STOCK);
            scenario.service("shortcut", life -> {
                life.subscribe(
                        "quick",
                        OrderPlaced.class,
                        placed -> life.send("outcomes", placed.orderId(), new OrderApproved(placed.orderId(), 0)));
                return life;
            });
            scenario.channel("quick").send("o-2", new OrderPlaced("o-2"));
            assertThat(Sagas.of(scenario, ORDER)).endsExactlyOnce().coversEveryEnding();
        });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void whatHadNoOccasionIsSaid() {
        Outcome outcome = runner(1, DUPLICATE).explore(scenario -> {
            start(scenario, Bug.NONE, Answer.YES);
            assertThat(Sagas.of(scenario, ORDER))
                    .endsExactlyOnce()
                    .timesOut("stock", Orchestrator.PATIENCE)
                    .to(OrderRejected.class);
        });

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed ->
                                assertThat(passed.claim().toString()).contains("no saga waited for its step 'stock'"));
    }

    @Test
    void aSagaThatDidNotBeginFailsUnlessNobodyPromisedIt() {
        Outcome missing = runner(1, DUPLICATE).explore(scenario -> {
            start(scenario, Bug.NONE, Answer.YES);
            assertThat(Sagas.of(scenario, ORDER)).withId("o-9").endsExactlyOnce();
        });
        Outcome attempted = runner(1, CRASH).explore(scenario -> {
            start(scenario, Bug.NONE, Answer.YES);
            var desk = scenario.service("desk", life -> life);
            scenario.attempt(desk, life -> life.send("orders", "o-2", new OrderPlaced("o-2")));
            assertThat(Sagas.of(scenario, ORDER))
                    .withId("o-2")
                    .endsExactlyOnce()
                    .isAllOrNothing();
        });

        assertThat(missing)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .hasMessageContaining(
                                        "Saga 'o-9' has never begun: nothing of it was seen, only of [o-1]"));
        assertThat(attempted).isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void nothingIsShownWhereNothingIsSeen() {
        Outcome outcome = runner(1, DUPLICATE).explore(scenario -> {
            scenario.consumer("shop", "orders", OrderPlaced.class, placed -> {});
            scenario.channel("orders").send("o-1", new OrderPlaced("o-1"));
            assertThat(Sagas.of(
                            scenario,
                            Saga.correlatedBy(OrderEvent::orderId)
                                    .step("credit")
                                    .doneBy(CreditReserved.class)
                                    .ends(OrderApproved.class)))
                    .endsExactlyOnce();
        });

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(UsageException.class)
                                .hasMessageContaining("Nothing of a saga was seen"));
    }

    @Test
    void descriptionsThatSayTooLittleAreRefused() {
        Saga begun = Saga.correlatedByKey();
        assertThatThrownBy(() -> begun.step("credit").ends(OrderApproved.class))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("The step 'credit' of the saga wants doneBy(…)");
        assertThatThrownBy(() -> begun.step("credit")
                        .doneBy(CreditReserved.class)
                        .step("credit")
                        .doneBy(StockReserved.class)
                        .ends(OrderApproved.class))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("two steps 'credit'");
        refused(
                "no step 'stok', but ['credit', 'stock', 'delivery']",
                sagas -> sagas.timesOut("stok", Orchestrator.PATIENCE));
        refused(
                "no ending OrderPlaced, but OrderApproved and OrderRejected",
                sagas -> sagas.timesOut("stock", Orchestrator.PATIENCE).to(OrderPlaced.class));
    }

    private static void refused(String words, Consumer<SagasAssert> asserted) {
        assertThat(explore(new Case(Bug.NONE, Answer.YES, "", asserted, DUPLICATE), Bug.NONE))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .isInstanceOf(UsageException.class)
                                .hasMessageContaining(words));
    }

    /** It was cancelled when nobody had heard of it, and refused later. */
    @Test
    void whatWasRefusedTooLateMayBeUndone() {
        Outcome outcome = runner(1, DELAY).explore(scenario -> {
            start(scenario, Bug.NONE, Answer.NO_STOCK);
            assertThat(Sagas.of(scenario, ORDER))
                    .endsExactlyOnce()
                    .isAllOrNothing()
                    .compensatesOnlyWhatWasDone();
        });

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
    }
}
