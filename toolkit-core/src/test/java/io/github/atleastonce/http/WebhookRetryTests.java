package io.github.atleastonce.http;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.report.Story;
import io.github.atleastonce.run.ServiceFailedException;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Bounds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When a sender delivers again what was not taken, and that GitHub does not. */
class WebhookRetryTests {

    private static final Sender STANDARD = Sender.standard("whsec_c2VjcmV0");
    private static final Sender GITHUB = Sender.github("secret", "push");

    private static List<Duration> waits(Sender sender) {
        return IntStream.rangeClosed(1, 20)
                .mapToObj(sender::retryAfter)
                .flatMap(Optional::stream)
                .toList();
    }

    @Test
    void knowsTheCalendarOfEachSender() {
        assertThat(waits(STANDARD))
                .containsExactly(
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(5),
                        Duration.ofHours(10),
                        Duration.ofHours(10));
        assertThat(waits(Sender.stripe("whsec_test")).stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofDays(1), Duration.ofDays(3));
        assertThat(waits(GITHUB)).isEmpty();
    }

    /** Nothing is taken the first few times. */
    private static List<Duration> timesOf(Sender sender, int refused) {
        List<Duration> times = new ArrayList<>();
        Explored.of(
                scenario -> {
                    times.clear();
                    Webhook hooks = Webhook.of(scenario, "hooks").signedBy(sender);
                    scenario.service("receiver", life -> {
                        hooks.deliverTo(life, delivery -> {
                            times.add(Duration.between(
                                    Instant.EPOCH, scenario.clock().instant()));
                            return times.size() > refused ? 200 : 503;
                        });
                        return life;
                    });
                    Duration began =
                            Duration.between(Instant.EPOCH, scenario.clock().instant());
                    hooks.send("e-1", "{}");
                    scenario.settle();
                    times.replaceAll(time -> time.minus(began));
                },
                Bounds.DEFAULT.withMaxFaults(1).withMaxAttempts(6),
                REDELIVERY);
        return times;
    }

    /** The first try again comes after {@code delay}, which is a minute. */
    @Test
    void waitsOnTheClockOfTheScenario() {
        assertThat(timesOf(STANDARD, 4))
                .startsWith(
                        Duration.ZERO,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(6),
                        Duration.ofMinutes(36),
                        Duration.ofMinutes(156));
        assertThat(timesOf((id, time, body) -> Map.of(), 2))
                .startsWith(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(2));
    }

    /** Each event has a calendar of its own: one that has failed for an hour holds back none that comes meanwhile, and does not come with it. */
    @Test
    void eachEventIsTriedAgainByItself() {
        List<String> tries = new ArrayList<>();
        Explored.of(
                scenario -> {
                    tries.clear();
                    Instant began = scenario.clock().instant();
                    Webhook hooks = Webhook.of(scenario, "hooks").signedBy(STANDARD);
                    scenario.service("receiver", life -> {
                        hooks.deliverTo(life, delivery -> {
                            long minutes = Duration.between(
                                            began, scenario.clock().instant())
                                    .toMinutes();
                            tries.add(delivery.id() + " at " + minutes);
                            long before = tries.stream()
                                    .filter(one -> one.startsWith(delivery.id()))
                                    .count();
                            if (tries.size() == 3) {
                                hooks.send("e-2", "{}");
                            }
                            return before > (delivery.id().equals("e-1") ? 3 : 1) ? 200 : 503;
                        });
                        return life;
                    });
                    hooks.send("e-1", "{}");
                    scenario.settle();
                },
                Bounds.DEFAULT.withMaxFaults(1).withMaxAttempts(6),
                REDELIVERY);

        assertThat(tries).startsWith("e-1 at 0", "e-1 at 1", "e-1 at 6", "e-2 at 6", "e-2 at 7", "e-1 at 36");
    }

    private static Explored explore(Sender sender, boolean byHand, int maxFaults) {
        return Explored.of(
                scenario -> stores(scenario, sender, byHand),
                Bounds.DEFAULT.withMaxFaults(maxFaults),
                CRASH,
                REDELIVERY);
    }

    /** May die of an event before it is stored. */
    private static void stores(Scenario scenario, Sender sender, boolean byHand) {
        Set<String> stored = new TreeSet<>();
        Webhook hooks = Webhook.of(scenario, "hooks").signedBy(sender);
        scenario.service("receiver", life -> {
            hooks.deliverTo(life, delivery -> {
                life.step("select");
                life.step("insert", () -> stored.add(delivery.id()));
                return 200;
            });
            return life;
        });
        hooks.send("e-1", "{}");
        hooks.send("e-2", "{}");
        scenario.settle();
        if (byHand) {
            hooks.redeliver();
            scenario.settle();
        }
        assertThat(stored).containsExactly("e-1", "e-2");
    }

    @Test
    void gitHubDoesNotDeliverAgainByItself() {
        Explored explored = explore(GITHUB, false, 1);

        assertThat(explored.token()).isEqualTo("1:crash(receiver<hooks[k1]/select)");
        assertThat(Story.of(explored.outcome()).text())
                .contains("no answer: hooks does not deliver Webhook(e-1) again by itself");
        assertThat(explore(STANDARD, false, 2).claim()).startsWith("holds under every schedule with ≤ 2 faults");
    }

    @Test
    void somebodyTellsGitHubToDeliverAgain() {
        assertThat(explore(GITHUB, true, 1).claim()).startsWith("holds under every schedule with ≤ 1 fault");
    }

    /** What is refused without any fault is a failure of the test, whoever sends it. */
    @Test
    void refusedWithoutAFaultFails() {
        Explored explored = Explored.of(
                scenario -> {
                    Webhook hooks = Webhook.of(scenario, "hooks").signedBy(GITHUB);
                    scenario.service("receiver", life -> {
                        hooks.deliverTo(life, delivery -> 404);
                        return life;
                    });
                    hooks.send("e-1", "{}");
                    scenario.settle();
                },
                Bounds.DEFAULT.withMaxFaults(1),
                CRASH);

        assertThat(Explored.failed(explored.outcome()).cause()).isInstanceOf(ServiceFailedException.class);
    }
}
