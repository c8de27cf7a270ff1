package io.github.atleastonce.scenario;

import static io.github.atleastonce.scenario.Explored.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.explore.Exploration;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.Settings;
import io.github.atleastonce.explore.Trial;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs that do not come to an end by themselves. */
class HangingTests {

    private static final Bounds SHORT = Bounds.DEFAULT.withMaxFaults(1).withRunTimeout(Duration.ofSeconds(2));

    /** What a JVM does for the first time takes long, and would be told as hanging, too. */
    @BeforeAll
    static void warmUp() {
        assertThat(ScenarioRunner.of(Fault.CRASH)
                        .within(Bounds.DEFAULT.withMaxFaults(1))
                        .explore(scenario -> assertThat(shop(
                                        scenario,
                                        booked -> (life, order) -> life.step("insert", () -> booked.add(order))))
                                .containsExactly("o-1")))
                .isInstanceOf(Outcome.Passed.class);
    }

    private static Set<String> shop(Scenario scenario, java.util.function.Function<Set<String>, Insert> insert) {
        Set<String> booked = new HashSet<>();
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> insert.apply(booked).perform(life, order));
            return life;
        });
        scenario.channel("orders").send("o-1", "o-1");
        scenario.settle();
        return booked;
    }

    private interface Insert {
        void perform(io.github.atleastonce.run.Life life, String order) throws Exception;
    }

    /** Comes to its end with the first life only: what comes again waits for what never comes. */
    private static void waitsForever(Scenario scenario) {
        CountDownLatch never = new CountDownLatch(1);
        assertThat(shop(scenario, booked -> (life, order) -> {
                    if (life.number() > 1) {
                        never.await();
                    }
                    life.step("insert", () -> booked.add(order));
                }))
                .containsExactly("o-1");
    }

    /** A correct loop, whose process dies with its life. */
    private static void triesForever(Scenario scenario) {
        CountDownLatch never = new CountDownLatch(1);
        assertThat(shop(scenario, booked -> (life, order) -> {
                    while (true) {
                        try {
                            life.step("insert", () -> booked.add(order));
                            return;
                        } catch (Throwable tryAgain) {
                            never.await(1, TimeUnit.MILLISECONDS);
                        }
                    }
                }))
                .containsExactly("o-1");
    }

    @Test
    void aHandlerThatHangsIsToldAndEnded() {
        List<String> told = new CopyOnWriteArrayList<>();
        Outcome outcome = explore(HangingTests::waitsForever, told);

        Outcome.Failed failed = failed(outcome);
        assertThat(failed.cause())
                .isInstanceOf(NotSettledException.class)
                .hasMessageContaining("runTimeout = PT2S")
                .hasMessageContaining("HangingTests.");
        assertThat(told)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .contains(
                                "did not end within runTimeout = PT2S",
                                "Replay: -Datleastonce.replay='1:crash(",
                                "HangingTests."));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aDeadLifeThatTriesAgainAndAgainIsEndedAndNamed() {
        Outcome outcome = ScenarioRunner.of(Fault.CRASH)
                .within(Bounds.DEFAULT.withMaxFaults(1))
                .explore(HangingTests::triesForever);

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        assertThat(((Outcome.Passed) outcome).claim().toString())
                .contains("work of shop does not end by itself when its life dies");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aBodyThatWaitsForWhatIsNotDeliveredHasNoticed() {
        List<String> told = new CopyOnWriteArrayList<>();
        Outcome outcome = explore(
                scenario -> {
                    CountDownLatch handled = new CountDownLatch(1);
                    scenario.consumer("shop", "orders", String.class, order -> handled.countDown());
                    scenario.channel("orders").send("o-1", "o-1");
                    scenario.settle();
                    handled.await();
                },
                told);

        assertThat(outcome).isInstanceOf(Outcome.Passed.class);
        assertThat(told).singleElement().asString().contains("nothing is delivered", "did not end within");
    }

    private static Outcome explore(ScenarioRunner.Body body, List<String> told) {
        Exploration exploration =
                new Exploration(Settings.explore(EnumSet.of(Fault.CRASH), SHORT), System::nanoTime, told::add);
        for (var next = exploration.next(); next.isPresent(); next = exploration.next()) {
            Trial trial = next.get();
            try {
                trial.begins();
                try {
                    body.perform(Scenario.open(trial.run(), TransportFactory.IN_MEMORY));
                } finally {
                    trial.ends();
                }
                trial.check();
            } catch (Exception | AssertionError failure) {
                trial.failed(failure);
                continue;
            }
            trial.passed();
        }
        return exploration.outcome().orElseThrow();
    }
}
