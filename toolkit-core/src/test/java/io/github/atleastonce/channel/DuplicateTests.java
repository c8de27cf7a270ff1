package io.github.atleastonce.channel;

import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.run.Life;
import io.github.atleastonce.scenario.Deposits;
import io.github.atleastonce.scenario.Deposits.Deposit;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Bounds;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Consumers that a second delivery harms, beside their twins. */
class DuplicateTests {

    private static final Bounds ONE = Bounds.DEFAULT.withMaxFaults(1);
    private static final Bounds TWO = Bounds.DEFAULT;

    @FunctionalInterface
    private interface Consumer {

        void on(Life life, Deposits deposits, Deposit deposit) throws Exception;
    }

    private static void twoDeposits(Scenario scenario, Consumer consumer) {
        Deposits deposits = new Deposits();
        scenario.service("bank", life -> {
            life.subscribe("deposits", Deposit.class, deposit -> consumer.on(life, deposits, deposit));
            return life;
        });
        scenario.channel("deposits").send("d-1", new Deposit("d-1", 1));
        scenario.channel("deposits").send("d-2", new Deposit("d-2", 2));
        scenario.settle();
        assertThat(deposits.sum()).isEqualTo(3);
    }

    @Test
    void aCounterCountsTwice() {
        Consumer broken = (life, deposits, deposit) -> deposits.addEach(life, deposit);
        assertThat(Explored.of(scenario -> twoDeposits(scenario, broken), TWO, DUPLICATE)
                        .token())
                .isEqualTo("1:duplicate(deposits[k1])");
        assertThat(Explored.of(scenario -> twoDeposits(scenario, broken), TWO, REDELIVERY)
                        .token())
                .isEqualTo("1:redelivery(bank<deposits[k1])");
    }

    @Test
    void anIdInTheTransactionOfTheWorkHolds() {
        Consumer fixed = (life, deposits, deposit) -> deposits.addOnce(life, deposit);
        assertThat(Explored.of(scenario -> twoDeposits(scenario, fixed), TWO, DUPLICATE, REDELIVERY)
                        .claim())
                .isEqualTo("holds under every schedule with ≤ 2 faults (52 runs)");
    }

    /** The short redelivery does not show it: only what comes back from behind another message does. */
    @Test
    void rememberingOnlyTheLastIdForgetsTheOneBefore() {
        Consumer broken = DuplicateTests::comparesWithTheLast;
        assertThat(Explored.of(scenario -> twoDeposits(scenario, broken), ONE, DUPLICATE)
                        .token())
                .isEqualTo("1:duplicate(deposits[k2],deposits[k1])");
        assertThat(Explored.of(scenario -> twoDeposits(scenario, broken), ONE, REDELIVERY)
                        .token())
                .isEqualTo("1:redelivery(bank<deposits[k2],2)");
        assertThat(Explored.of(scenario -> twoDeposits(scenario, broken), ONE.withRewind(1), REDELIVERY)
                        .claim())
                .isEqualTo("holds under every schedule with ≤ 1 fault (3 runs)");
    }

    private static void comparesWithTheLast(Life life, Deposits deposits, Deposit deposit) throws Exception {
        if (!deposits.isLast(deposit)) {
            deposits.addEach(life, deposit);
        }
    }

    private record Price(int version, int amount) {}

    private static void prices(Scenario scenario, boolean checksVersion, boolean always, ChannelOptions options) {
        Map<String, Price> shown = new HashMap<>();
        int[] highest = {0};
        scenario.channel("prices", options);
        scenario.service("shop", life -> {
            life.subscribe(
                    "prices",
                    Price.class,
                    price -> life.step("commit", () -> {
                        Price before = shown.get("p");
                        if (!checksVersion || before == null || before.version() < price.version()) {
                            shown.put("p", price);
                        }
                    }));
            return life;
        });
        if (always) {
            scenario.always(() -> {
                int version = shown.containsKey("p") ? shown.get("p").version() : 0;
                assertThat(version).isGreaterThanOrEqualTo(highest[0]);
                highest[0] = version;
            });
        }
        scenario.channel("prices").send("p", new Price(1, 10));
        scenario.channel("prices").send("p", new Price(2, 20));
        scenario.settle();
        assertThat(shown.get("p").amount()).isEqualTo(20);
    }

    @Test
    void aStaleCopyOverwritesWhatIsNewer() {
        assertThat(Explored.of(s -> prices(s, false, false, ChannelOptions.DEFAULT), TWO, DUPLICATE, REDELIVERY)
                        .token())
                .isEqualTo("1:duplicate(prices[k1.2],prices[k1])");
    }

    /** What is redelivered comes with all that followed it, so the end is right; only a claim on the way sees it. */
    @Test
    void aRewoundSuffixHealsTheEndButNotTheWay() {
        assertThat(Explored.of(s -> prices(s, false, false, ChannelOptions.DEFAULT), TWO, REDELIVERY)
                        .claim())
                .isEqualTo("holds under every schedule with ≤ 2 faults (12 runs)");
        assertThat(Explored.of(s -> prices(s, false, true, ChannelOptions.DEFAULT), TWO, REDELIVERY)
                        .token())
                .isEqualTo("1:redelivery(shop<prices[k1.2],2)");
    }

    /** An idempotent producer makes no copy behind a later message of the key: then the same consumer is right. */
    @Test
    void whereNoStaleCopyIsPossibleNoneIsMade() {
        Explored explored = Explored.of(
                s -> prices(s, false, false, ChannelOptions.DEFAULT.withoutStaleDuplicates()), ONE, DUPLICATE);
        assertThat(explored.tokens())
                .containsExactly(
                        "1:",
                        "1:duplicate(prices[k1])",
                        "1:duplicate(prices[k1.2])",
                        "1:duplicate(quiet,prices[k1.2])");
        assertThat(explored.claim())
                .isEqualTo(
                        "holds under every schedule with ≤ 1 fault (4 runs); no stale duplicates on 'prices', as declared");
    }

    @Test
    void aVersionCheckHolds() {
        assertThat(Explored.of(s -> prices(s, true, true, ChannelOptions.DEFAULT), TWO, DUPLICATE, REDELIVERY)
                        .claim())
                .isEqualTo("holds under every schedule with ≤ 2 faults (52 runs)");
    }

    private static void expiring(Scenario scenario, Duration keep) {
        Deposits deposits = new Deposits();
        Map<String, Instant> seen = new HashMap<>();
        scenario.service("bank", life -> {
            life.subscribe(
                    "deposits",
                    Deposit.class,
                    deposit -> life.step("commit", () -> {
                        Instant now = life.clock().instant();
                        seen.values().removeIf(until -> until.isBefore(now));
                        if (seen.put(deposit.id(), now.plus(keep)) == null) {
                            deposits.add(deposit);
                        }
                    }));
            return life;
        });
        scenario.channel("deposits").send("d-1", new Deposit("d-1", 5));
        scenario.settle();
        assertThat(deposits.sum()).isEqualTo(5);
    }

    /** Neither a copy nor time alone does harm. */
    @Test
    void anIdThatExpiresIsForgottenWhenACopyIsLate() {
        assertThat(Explored.of(s -> expiring(s, Duration.ofSeconds(30)), ONE, DUPLICATE, DELAY)
                        .claim())
                .isEqualTo("holds under every schedule with ≤ 1 fault (4 runs)");
        assertThat(Explored.of(s -> expiring(s, Duration.ofSeconds(30)), TWO, DUPLICATE, DELAY)
                        .token())
                .isEqualTo("1:duplicate(quiet,deposits[k1])+delay(bank<deposits[k1])~2");
        assertThat(Explored.of(s -> expiring(s, Duration.ofDays(7)), TWO, DUPLICATE, DELAY)
                        .claim())
                .isEqualTo("holds under every schedule with ≤ 2 faults (10 runs)");
    }

    private static void closesTheDay(Scenario scenario, boolean forgets) {
        Deposits deposits = new Deposits();
        var bank = scenario.service("bank", life -> {
            life.subscribe("deposits", Deposit.class, deposit -> deposits.addOnce(life, deposit));
            return life;
        });
        scenario.channel("deposits").send("d-1", new Deposit("d-1", 1));
        scenario.settle();
        if (forgets) {
            scenario.reset(deposits::forget);
        }
        scenario.channel("deposits").send("d-2", new Deposit("d-2", 2));
        scenario.settle();
        assertThat(deposits.sum()).isEqualTo(3);
        assertThat(bank.name()).isEqualTo("bank");
    }

    /** A settled message may be copied still: the copy comes behind the next append, or when all is quiet again. */
    @Test
    void copiesCrossASettle() {
        assertThat(Explored.of(s -> closesTheDay(s, true), TWO, DUPLICATE, REDELIVERY)
                        .token())
                .isEqualTo("1:duplicate(deposits[k2],deposits[k1])");
        Explored fixed = Explored.of(s -> closesTheDay(s, false), ONE, DUPLICATE, REDELIVERY);
        assertThat(fixed.tokens())
                .containsExactly(
                        "1:",
                        "1:duplicate(deposits[k1])",
                        "1:redelivery(bank<deposits[k1])",
                        "1:duplicate(quiet,deposits[k1])",
                        "1:duplicate(deposits[k2],deposits[k1])",
                        "1:duplicate(deposits[k2])",
                        // confirmed when it was quiet: nothing goes back behind that
                        "1:redelivery(bank<deposits[k2])",
                        "1:duplicate(quiet,deposits[k2])",
                        "1:duplicate(quiet,deposits[k1])~2");
        assertThat(fixed.claim()).isEqualTo("holds under every schedule with ≤ 1 fault (9 runs)");
    }

    /** A copy is no original: it is not copied itself, and it counts for no horizon. */
    @Test
    void copiesAreNotCopied() {
        Explored explored = Explored.of(
                scenario -> {
                    scenario.consumer("shop", "orders", String.class, order -> {});
                    for (int i = 1; i <= 4; i++) {
                        scenario.channel("orders").send("o-" + i, "order");
                    }
                    scenario.settle();
                    assertThat(scenario.history().of(io.github.atleastonce.history.Event.Delivered.class))
                            .hasSizeLessThan(7);
                },
                TWO,
                DUPLICATE);
        // 1 + 2 + 3 + 3 at the appends, of the last three each; 3 when all is quiet
        assertThat(explored.tokens().stream().filter(token -> !token.contains("+")))
                .hasSize(1 + 12);
        assertThat(explored.tokens()).doesNotContain("1:duplicate(orders[k4],orders[k1])");
    }
}
