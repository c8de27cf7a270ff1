package io.github.atleastonce.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class SendFaultTests {

    /** A relay's table: what a step of its has done survives a crash. */
    private static final class Table {
        final Set<String> pending = new LinkedHashSet<>(List.of("e-1", "e-2"));
    }

    @Test
    void aSendThatFailsIsNotWritten() {
        assertThat(token(ScenarioRunner.of(Fault.SEND_FAILED), scenario -> relay(scenario, SendFaultTests::forgetful)))
                .isEqualTo("1:send_failed(orders.relay/send events)");
    }

    @Test
    void aSendThatIsUncertainIsWritten() {
        assertThat(token(ScenarioRunner.of(Fault.SEND_UNCERTAIN), scenario -> {
                    List<String> received = relay(scenario, SendFaultTests::careful);
                    assertThat(received).doesNotHaveDuplicates();
                }))
                .isEqualTo("1:send_uncertain(orders.relay/send events)");
    }

    @Test
    void aRelayThatMarksAfterwardsLosesNothing() {
        passes(scenario -> relay(scenario, SendFaultTests::careful));
    }

    @Test
    void markingBeforeTheAcknowledgementLoses() {
        assertThat(token(ScenarioRunner.of(Fault.SEND_FAILED), scenario -> relay(scenario, SendFaultTests::hasty)))
                .isEqualTo("1:send_failed(orders.relay/send events)");
        assertThat(token(ScenarioRunner.of(Fault.CRASH), scenario -> relay(scenario, SendFaultTests::hasty)))
                .isEqualTo("1:crash(orders.relay/mark)");
    }

    @Test
    void waitingForTheAcknowledgementLosesNothing() {
        passes(scenario -> relay(scenario, SendFaultTests::waiting));
        passes(scenario -> relay(scenario, SendFaultTests::callingBack));
    }

    private static void forgetful(Life life, Table table) {
        for (String event : List.copyOf(table.pending)) {
            mark(life, table, event);
            life.send("events", event, event);
        }
    }

    private static void careful(Life life, Table table) {
        for (String event : List.copyOf(table.pending)) {
            life.send("events", event, event);
            mark(life, table, event);
        }
    }

    private static void hasty(Life life, Table table) {
        for (String event : List.copyOf(table.pending)) {
            life.sendAsync("events", event, event).exceptionally(failure -> null);
            mark(life, table, event);
        }
    }

    private static void waiting(Life life, Table table) {
        for (String event : List.copyOf(table.pending)) {
            life.sendAsync("events", event, event).thenApply(done -> done).join();
            mark(life, table, event);
        }
    }

    private static void callingBack(Life life, Table table) {
        for (String event : List.copyOf(table.pending)) {
            var marked = life.sendAsync("events", event, event).thenRun(() -> mark(life, table, event));
            assertThat(marked).isNotDone();
        }
    }

    private static void mark(Life life, Table table, String event) {
        table.pending.remove(event);
        life.step("mark");
    }

    private static List<String> relay(Scenario scenario, BiConsumer<Life, Table> tick) {
        Table table = new Table();
        List<String> received = new ArrayList<>();
        scenario.consumer("billing", "events", String.class, received::add);
        scenario.service("orders", life -> {
            life.poll("relay", () -> {
                boolean found = !table.pending.isEmpty();
                tick.accept(life, table);
                return found;
            });
            return life;
        });
        scenario.channel("events").send("e-0", "e-0");
        scenario.settle();
        assertThat(received).contains("e-1", "e-2");
        return received;
    }

    private static void passes(ScenarioRunner.Body body) {
        assertThat(ScenarioRunner.of(Fault.CRASH, Fault.SEND_FAILED, Fault.SEND_UNCERTAIN)
                        .explore(body))
                .isInstanceOfSatisfying(
                        Outcome.Passed.class,
                        passed -> assertThat(passed.claim().exhausted()).isEqualTo(2));
    }

    private static String token(ScenarioRunner runner, ScenarioRunner.Body body) {
        Outcome outcome = runner.explore(body);
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) outcome).token().toString();
    }
}
