package io.github.atleastonce.payments;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.Narration;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.report.Story;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.scenario.Explored;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.schedule.Bounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A room that no other room knows, with calls of a third party: what it adds to a run is told and compared all the same. */
class RoomOfItsOwnTests {

    /** A third party did what it was asked for, and answered. */
    private record Answered(String service, String party, int status) implements Event {

        @Override
        public void tell(Narration story) {
            story.remarks(service, party + " answers " + status);
        }

        @Override
        public Optional<String> effect() {
            return Optional.of(party + " answered " + service + " with " + status);
        }
    }

    /** A third party calls a service by itself. */
    private record CalledBack(String service, String party) implements Event {

        @Override
        public void tell(Narration story) {
            story.begins(service, party + " calls back " + service);
        }
    }

    /** A call of a third party, as a step of the service that calls. */
    private record Call(String party, int status) implements Step {

        @Override
        public String name() {
            return "call " + party;
        }

        @Override
        public String remark() {
            return status == 200 ? "" : "(status " + status + ")";
        }
    }

    private static void call(Life life, String party, int status) {
        Run run = Run.of(life);
        run.history().add(new Answered(life.service(), party, status));
        run.steps().done(Run.lifetime(life), new Call(party, status));
    }

    private static void body(Scenario scenario, List<String> charged, int status) {
        charged.clear();
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> {
                charged.add(order);
                call(life, "payments", status);
                Run.of(life).history().add(new CalledBack("shop", "payments"));
                life.step("INSERT payment");
            });
            return life;
        });
        scenario.channel("orders").send("o-1", "placed");
        scenario.settle();
    }

    @Test
    void isToldInStoriesAndNamedInTokens() {
        List<String> charged = new ArrayList<>();
        Explored explored = Explored.of(
                scenario -> {
                    body(scenario, charged, 201);
                    assertThat(charged).hasSize(1);
                },
                Bounds.DEFAULT,
                CRASH);

        assertThat(explored.token()).isEqualTo("1:crash(shop<orders[k1]/call payments)");
        assertThat(Story.of(explored.outcome()).text()).contains("""
                  1  orders-0@0 String(o-1)  → shop    payments answers 201; call payments (status 201)
                  2  ✗ CRASH after call payments, before acknowledgement
                  3  orders-0@0 String(o-1)  → shop    payments answers 201; call payments (status 201)      REDELIVERY
                  4  payments calls back shop          INSERT payment
                """);
    }

    @Test
    void isComparedBetweenRunsWithoutFaults() {
        AtomicInteger status = new AtomicInteger(200);
        Explored explored = Explored.of(
                scenario -> body(scenario, new ArrayList<>(), status.getAndIncrement()), Bounds.DEFAULT, CRASH);

        assertThat(Explored.reason(explored.outcome()))
                .contains("first \"payments answered shop with 200\", then \"payments answered shop with 201\"");
    }

    @Test
    void doesNotDisturbWhatIsTheSameInEachRun() {
        Explored explored = Explored.of(scenario -> body(scenario, new ArrayList<>(), 200), Bounds.DEFAULT, CRASH);

        assertThat(explored.claim()).contains("holds under every schedule");
    }
}
