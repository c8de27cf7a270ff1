package io.github.atleastonce.channel;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Deposits;
import io.github.atleastonce.scenario.Deposits.Deposit;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Bounds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Consumers that a death between two steps harms, beside their twins; and how far a death goes back. */
class CrashingConsumerTests {

    private static final Bounds ONE = Bounds.DEFAULT.withMaxFaults(1);

    @FunctionalInterface
    private interface Consumer {

        void on(Life life, Set<String> markers, Deposits deposits, Deposit deposit);
    }

    private static void oneDeposit(Scenario scenario, Consumer consumer) {
        Set<String> markers = new HashSet<>();
        Deposits deposits = new Deposits();
        scenario.service("bank", life -> {
            life.subscribe("deposits", Deposit.class, deposit -> consumer.on(life, markers, deposits, deposit));
            return life;
        });
        scenario.channel("deposits").send("d-1", new Deposit("d-1", 5));
        scenario.settle();
        assertThat(deposits.sum()).isEqualTo(5);
    }

    @Test
    void aMarkerStoredBeforeTheWorkLosesIt() {
        assertThat(Explored.of(s -> oneDeposit(s, CrashingConsumerTests::marksFirst), ONE, CRASH)
                        .token())
                .isEqualTo("1:crash(bank<deposits[k1]/mark)");
    }

    private static void marksFirst(Life life, Set<String> markers, Deposits deposits, Deposit deposit) {
        if (markers.contains(deposit.id())) {
            return;
        }
        life.step("mark", () -> {
            markers.add(deposit.id());
        });
        life.step("commit", () -> deposits.add(deposit));
    }

    @Test
    void aMarkerStoredAfterTheWorkDoublesIt() {
        assertThat(Explored.of(s -> oneDeposit(s, CrashingConsumerTests::marksLast), ONE, CRASH)
                        .token())
                .isEqualTo("1:crash(bank<deposits[k1]/commit)");
    }

    private static void marksLast(Life life, Set<String> markers, Deposits deposits, Deposit deposit) {
        if (markers.contains(deposit.id())) {
            return;
        }
        life.step("commit", () -> deposits.add(deposit));
        life.step("mark", () -> {
            markers.add(deposit.id());
        });
    }

    @Test
    void aMarkerInTheTransactionOfTheWorkHolds() {
        Consumer fixed = (life, markers, deposits, deposit) -> life.step("commit", () -> {
            if (markers.add(deposit.id())) {
                deposits.add(deposit);
            }
        });
        assertThat(Explored.of(s -> oneDeposit(s, fixed), Bounds.DEFAULT, CRASH, REDELIVERY)
                        .claim())
                .isEqualTo("holds under every schedule with ≤ 2 faults (18 runs)");
    }

    /** Explores three messages, and collects the offsets that each run has delivered. */
    private static List<List<Long>> deliveries(Confirmation confirmation, int maxFaults) {
        List<List<Long>> all = new ArrayList<>();
        Explored explored = Explored.of(
                scenario -> {
                    scenario.channel("deposits", ChannelOptions.DEFAULT.confirmation(confirmation));
                    Deposits.threeMessages(scenario, new Deposits());
                    all.add(scenario.history()
                            .of(Event.Delivered.class)
                            .map(delivered -> delivered.message().offset())
                            .toList());
                },
                Bounds.DEFAULT.withMaxFaults(maxFaults),
                CRASH,
                REDELIVERY);
        assertThat(explored.claim()).contains("≤ " + maxFaults);
        return all;
    }

    @Test
    void whatIsConfirmedWithEachMessageNeverComesBack() {
        assertThat(deliveries(Confirmation.EACH_MESSAGE, 3))
                .allSatisfy(offsets -> assertThat(offsets).isSorted());
    }

    /** The twin: a batch that is confirmed when all is quiet comes back from its beginning. */
    @Test
    void whatIsConfirmedWhenQuietComesBackInOrder() {
        assertThat(deliveries(Confirmation.WHEN_QUIET, 1))
                .contains(List.of(0L, 1L, 0L, 1L, 2L), List.of(0L, 1L, 2L, 0L, 1L, 2L), List.of(0L, 1L, 2L, 1L, 2L))
                .allSatisfy(offsets -> assertThat(offsets).endsWith(2L));
    }

    /** The death of one service takes nothing back from another. */
    @Test
    void onlyTheOneThatDiedGoesBack() {
        Explored explored = Explored.of(
                scenario -> {
                    Deposits deposits = new Deposits();
                    scenario.service("audit", life -> {
                        life.subscribe("deposits", Deposit.class, deposit -> life.step("log"));
                        return life;
                    });
                    Deposits.threeMessages(scenario, deposits);
                    for (String service : List.of("bank", "audit")) {
                        boolean died = scenario.history()
                                .of(Event.Crashed.class)
                                .anyMatch(crash -> crash.service().equals(service));
                        long delivered = scenario.history()
                                .of(Event.Delivered.class)
                                .filter(delivery -> delivery.subscriber().equals(service))
                                .count();
                        assertThat(delivered).isGreaterThanOrEqualTo(3);
                        assertThat(died || delivered == 3).isTrue();
                    }
                },
                Bounds.DEFAULT,
                CRASH);
        // 7 places for a death in each of the two services
        assertThat(explored.tokens().stream().filter(token -> !token.contains("+")))
                .hasSize(15);
        assertThat(explored.claim()).startsWith("holds under every schedule with ≤ 2 faults (");
    }

    /** A handler that dies after its steps has done them; one that throws after its steps, too. */
    @Test
    void aHandlerThatThrowsAfterItsStepsHasDoneThem() {
        Consumer broken = (life, markers, deposits, deposit) -> {
            life.step("commit", () -> deposits.add(deposit));
            if (markers.add("thrown")) {
                throw new IllegalStateException("after the commit");
            }
        };
        var outcome = Explored.of(s -> oneDeposit(s, broken), ONE, CRASH).outcome();
        assertThat(Explored.failed(outcome).cause()).hasMessageContaining("10");
        Consumer fixed = (life, markers, deposits, deposit) -> {
            deposits.addOnce(life, deposit);
            if (markers.add("thrown")) {
                throw new IllegalStateException("after the commit");
            }
        };
        assertThat(Explored.of(s -> oneDeposit(s, fixed), Bounds.DEFAULT, CRASH, REDELIVERY)
                        .claim())
                .startsWith("holds under every schedule with ≤ 2 faults (");
    }
}
