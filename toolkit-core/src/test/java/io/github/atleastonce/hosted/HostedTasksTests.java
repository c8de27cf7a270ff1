package io.github.atleastonce.hosted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.run.Crash;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads of an application's own take part one by one, in an order that chance does not decide. */
@Timeout(60)
class HostedTasksTests {

    private static final String NO_FAULT = "1:";
    private static final Supplier<Cause> NOTHING = () -> Cause.partOf("a", "nothing");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** The container of a listener that reads one channel. */
    private static final class Container implements TaskOwner {

        private final String name;
        private volatile boolean cut;

        Container(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean reads(String channel) {
            return channel.equals("orders");
        }

        @Override
        public boolean comesForBoth(String place, String other) {
            return true;
        }

        @Override
        public void cut() {
            cut = true;
        }

        @Override
        public boolean isCut() {
            return cut;
        }
    }

    @Test
    void noneIsResumedWhileOneIsMissing() {
        Run run = run(NO_FAULT, Bounds.DEFAULT);
        Container early = new Container("z");
        Container late = new Container("a");
        HostedTasks.of(run).register(early);
        HostedTasks.of(run).register(late);
        Map<String, Set<String>> both = Map.of("a", Set.of("orders-0"), "z", Set.of("orders-0"));

        CompletableFuture<Void> first = comes(run, early);
        awaitSuspended(run, 1);
        assertThat(HostedTasks.of(run).resumeNext(both)).isFalse();

        CompletableFuture<Void> second = comes(run, late);
        resumeNext(run, both);
        resumeNext(run, Map.of());
        CompletableFuture.allOf(first, second).join();

        assertThat(seen).containsExactly("a#1 steps", "z#1 steps");
    }

    @Test
    void deathTakesAllThatAreSuspendedAlong() {
        Run run = run("1:crash(a#1/step)", Bounds.DEFAULT);
        Container one = new Container("a");
        Container other = new Container("b");

        CompletableFuture<Void> inside = comes(run, one);
        CompletableFuture<Void> waiting = comes(run, other);
        awaitSuspended(run, 2);
        resumeNext(run, Map.of());

        assertThatThrownBy(inside::join).hasCauseInstanceOf(Crash.class);
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(Crash.class);
        assertThat(one.cut && other.cut).isTrue();
        assertThat(run.services().hosted().number()).isEqualTo(2);
        assertThat(run.current().isHere()).isTrue();
        assertThat(run.history().of(Event.Stepped.class).map(Event.Stepped::service))
                .containsExactly("a");
    }

    @Test
    void aThreadOfADeadLifeIsNotResumedAgain() {
        Run run = run("1:crash(a#1/step)", Bounds.DEFAULT);
        Container host = new Container("a");
        CompletableFuture<Void> inside = comes(run, host);
        resumeNext(run, Map.of());
        assertThatThrownBy(inside::join).hasCauseInstanceOf(Crash.class);

        assertThatThrownBy(comes(run, host)::join).hasCauseInstanceOf(Crash.class);

        host.cut = false;
        CompletableFuture<Void> restarted = comes(run, host);
        resumeNext(run, Map.of());
        restarted.join();
    }

    @Test
    void allPassByWhenTheRunIsOver() {
        Run run = run(NO_FAULT, Bounds.DEFAULT);
        CompletableFuture<Void> waiting = comes(run, new Container("a"));
        awaitSuspended(run, 1);

        run.close();

        waiting.join();
        assertThat(seen).isEmpty();
        assertThat(HostedTasks.of(run).suspend(new Container("a"), "orders-0", NOTHING))
                .isEmpty();
    }

    @Test
    void allPassByWhereNoneIsResumed() {
        Run run = new Run(ScheduleToken.parse(NO_FAULT).schedule(), Set.of(Fault.CRASH), Bounds.DEFAULT, new Caveats());

        assertThat(HostedTasks.of(run).suspend(new Container("a"), "orders-0", NOTHING))
                .isEmpty();
    }

    @Test
    void aTaskThatDoesNotLeaveIsNamed() {
        Run run = run(NO_FAULT, Bounds.DEFAULT.withSettleTimeout(Duration.ofMillis(50)));
        CompletableFuture<Void> never = new CompletableFuture<>();
        threads.execute(() -> HostedTasks.of(run)
                .suspend(new Container("a"), "orders-0", NOTHING)
                .ifPresent(visit -> never.join()));

        assertThatThrownBy(() -> resumeNext(run, Map.of()))
                .isInstanceOf(NotSettledException.class)
                .hasMessageContaining("a listener of a orders-0, which does not come to an end");
        assertThat(run.current().isHere()).isTrue();
        never.complete(null);
    }

    /** While a broker is stopped and started, a listener can do nothing. */
    @Test
    void anOutageTakesTimeThatIsNobodys() {
        Duration bound = Duration.ofMillis(100);
        Run run = run(NO_FAULT, Bounds.DEFAULT.withSettleTimeout(bound));
        Runnable outage = () -> await().pollDelay(bound.multipliedBy(3)).until(() -> true);
        CompletableFuture<Void> working =
                comes(run, new Container("a"), 1, () -> OutageClock.of(run).standStill(outage));
        awaitSuspended(run, 1);

        resumeNext(run, Map.of());
        working.join();

        assertThat(seen).containsExactly("a#1 steps");
    }

    @Test
    void anotherBeginsBesideTheOneAtWork() {
        Run run = run("1:concurrent(a#1/step,b#1)", Bounds.DEFAULT);
        CompletableFuture<Void> one = comes(run, new Container("a"), 2);
        CompletableFuture<Void> other = comes(run, new Container("b"));
        awaitSuspended(run, 2);

        resumeNext(run, Map.of());
        CompletableFuture.allOf(one, other).join();

        assertThat(seen).containsExactly("a#1 steps", "b#1 steps", "a#1 steps");
        assertThat(run.current().isHere()).isTrue();
        assertThat(run.current().isAService()).isFalse();
    }

    @Test
    void anotherThreadForTheSameIsNotOffered() {
        Run run = run("1:concurrent(a#1/step,a#1)", Bounds.DEFAULT);
        Container several = new Container("a");
        CompletableFuture<Void> one = comes(run, several);
        CompletableFuture<Void> other = comes(run, several);
        awaitSuspended(run, 2);

        resumeNext(run, Map.of());

        assertThat(run.history().of(Event.Injected.class)).isEmpty();
        assertThat(HostedTasks.of(run).waiting()).isOne();
        resumeNext(run, Map.of());
        CompletableFuture.allOf(one, other).join();
    }

    @Test
    void whatBeganBesideEndsWithIt() {
        Run run = run("1:concurrent(a#1/step,b#1)+concurrent(b#1/step,the first)", Bounds.DEFAULT.withMaxFaults(2));
        CompletableFuture<Void> one = comes(run, new Container("a"), 2);
        CompletableFuture<Void> other = comes(run, new Container("b"), 2);
        awaitSuspended(run, 2);

        resumeNext(run, Map.of());

        assertThat(HostedTasks.of(run).waiting()).isZero();
        CompletableFuture.allOf(one, other).join();
        assertThat(seen).containsExactly("a#1 steps", "b#1 steps", "a#1 steps", "b#1 steps");
    }

    @Test
    void whoComesLaterIsNotOffered() {
        Run run = run("1:concurrent(a#1/step,b#1)", Bounds.DEFAULT);
        Container late = new Container("b");
        List<CompletableFuture<Void>> other = new ArrayList<>();
        CompletableFuture<Void> one = comes(run, new Container("a"), 2, () -> {
            other.add(comes(run, late));
            awaitSuspended(run, 1);
        });
        awaitSuspended(run, 1);

        resumeNext(run, Map.of());
        resumeNext(run, Map.of());
        CompletableFuture.allOf(one, other.get(0)).join();

        assertThat(seen).containsExactly("a#1 steps", "a#1 steps", "b#1 steps");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1:concurrent(a#1/step,b#1)+crash(b#1/step)",
                "1:concurrent(a#1/step,b#1)+concurrent(b#1/step,the first)+crash(a#1/step)~2"
            })
    void deathTakesBothAlongThatAreAtWork(String token) {
        Run run = run(token, Bounds.DEFAULT.withMaxFaults(3));
        Container here = new Container("a");
        Container beside = new Container("b");
        CompletableFuture<Void> one = comes(run, here, 3);
        CompletableFuture<Void> other = comes(run, beside, 3);
        awaitSuspended(run, 2);

        resumeNext(run, Map.of());

        assertThatThrownBy(one::join).hasCauseInstanceOf(Crash.class);
        assertThatThrownBy(other::join).hasCauseInstanceOf(Crash.class);
        assertThat(here.cut && beside.cut).isTrue();
        assertThat(run.services().hosted().number()).isEqualTo(2);
        assertThat(run.current().isHere()).isTrue();
    }

    /** Comes, and does one step once it is resumed. */
    private CompletableFuture<Void> comes(Run run, Container host) {
        return comes(run, host, 1);
    }

    private CompletableFuture<Void> comes(Run run, Container host, int steps) {
        return comes(run, host, steps, () -> {});
    }

    private CompletableFuture<Void> comes(Run run, Container host, int steps, Runnable first) {
        CompletableFuture<Void> done = new CompletableFuture<Void>().orTimeout(30, TimeUnit.SECONDS);
        threads.execute(() -> {
            try {
                Optional<HostedTask> visit = HostedTasks.of(run).suspend(host, "orders-0", () -> cause(host));
                visit.ifPresent(inside -> {
                    inside.begin(cause(host));
                    try {
                        first.run();
                        for (int step = 0; step < steps; step++) {
                            inside.life().refuseIfDead();
                            seen.add(host.name() + "#1 steps");
                            run.steps().done(inside.life(), Step.named("step"));
                        }
                    } finally {
                        inside.leave();
                    }
                });
                done.complete(null);
            } catch (Crash crash) {
                done.completeExceptionally(crash);
            }
        });
        return done;
    }

    private static Cause cause(Container host) {
        record Named(String actor) implements Cause {

            @Override
            public String name() {
                return actor + "#1";
            }

            @Override
            public String title() {
                return actor;
            }

            @Override
            public String start() {
                return "the handler";
            }
        }
        return new Named(host.name());
    }

    private static void awaitSuspended(Run run, int number) {
        while (HostedTasks.of(run).waiting() < number) {
            Thread.onSpinWait();
        }
    }

    private static void resumeNext(Run run, Map<String, Set<String>> expected) {
        while (!HostedTasks.of(run).resumeNext(expected)) {
            Thread.onSpinWait();
        }
    }

    private static Run run(String token, Bounds bounds) {
        Run run = new Run(
                ScheduleToken.parse(token).schedule(), Set.of(Fault.CRASH, Fault.CONCURRENT), bounds, new Caveats());
        Scenario.open(run, TransportFactory.IN_MEMORY);
        run.host("application", life -> life);
        HostedTasks.of(run).open();
        return run;
    }
}
