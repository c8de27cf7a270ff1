package io.github.atleastonce.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What failed once fails again, each time. */
@Tag("long")
class ManyReplaysTests {

    private static final int SCHEDULES = 20;
    private static final int REPLAYS = 1_000;
    private static final Fault[] OTHERS = {
        Fault.REDELIVERY, Fault.REORDER, Fault.DELAY, Fault.CRASH, Fault.SEND_UNCERTAIN, Fault.CONCURRENT
    };

    /** Books each order that it gets, so whatever lets one come twice breaks it; answers, so that sends can fail, too. */
    private static List<String> booked(Scenario scenario) {
        List<String> booked = new ArrayList<>();
        Set<String> answers = new HashSet<>();
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> {
                life.step("insert", () -> booked.add(order));
                life.send("answers", order, order);
                life.step("commit");
            });
            return life;
        });
        scenario.consumer("desk", "answers", String.class, answers::add);
        scenario.channel("orders").send("o-1", "o-1");
        scenario.channel("orders").send("o-2", "o-2");
        scenario.settle();
        return booked;
    }

    private static void books(Scenario scenario) {
        assertThat(booked(scenario)).doesNotHaveDuplicates();
    }

    @Test
    void reproduceEachFailureEachTime() {
        ScenarioRunner runner = ScenarioRunner.of(Fault.DUPLICATE, OTHERS);
        List<String> failing = failing(runner);
        assertThat(failing).hasSize(SCHEDULES);
        for (String token : failing) {
            Outcome first = runner.replay(ScheduleToken.parse(token), ManyReplaysTests::books);
            String expected = told(first);
            for (int replay = 1; replay < REPLAYS; replay++) {
                Outcome again = runner.replay(ScheduleToken.parse(token), ManyReplaysTests::books);
                assertThat(told(again)).as(token).isEqualTo(expected);
            }
        }
    }

    /** A share of all that fail, so that each fault is among them. */
    private static List<String> failing(ScenarioRunner runner) {
        List<String> all = Explored.of(
                        ManyReplaysTests::booked, Bounds.DEFAULT.withMaxFaults(2), Fault.DUPLICATE, OTHERS)
                .tokens()
                .stream()
                .filter(token ->
                        runner.replay(ScheduleToken.parse(token), ManyReplaysTests::books) instanceof Outcome.Failed)
                .toList();
        List<String> some = new ArrayList<>();
        for (int i = 0; i < SCHEDULES; i++) {
            some.add(all.get(i * (all.size() - 1) / (SCHEDULES - 1)));
        }
        return some;
    }

    private static String told(Outcome outcome) {
        Outcome.Failed failed = Explored.failed(outcome);
        return failed.cause().getMessage()
                + failed.history().of(Event.Delivered.class).toList();
    }
}
