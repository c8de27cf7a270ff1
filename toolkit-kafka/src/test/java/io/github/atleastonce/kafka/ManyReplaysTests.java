package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.Runner;
import io.github.atleastonce.explore.Settings;
import io.github.atleastonce.explore.Trial;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.kafka.broker.Broker;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.ScheduleToken;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What failed once on a broker fails again, each time. */
@Tag("long")
class ManyReplaysTests {

    private static final int SCHEDULES = 10;
    private static final int REPLAYS = 100;
    private static final Fault[] OTHERS = {Fault.REORDER, Fault.DELAY, Fault.CRASH, Fault.SEND_UNCERTAIN};

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
        try (Broker broker = Broker.start(name -> Optional.empty())) {
            broker.createTopics(Map.of("orders", 2, "answers", 1));
            try (KafkaCluster kafka = new KafkaCluster(broker.bootstrapServers(), List.of("orders", "answers"))) {
                ScenarioRunner runner = ScenarioRunner.of(Fault.DUPLICATE, OTHERS)
                        .on(kafka)
                        .within(kafka.bounds().withMaxFaults(2));
                List<String> failing = failing(runner, kafka);
                assertThat(failing).hasSize(SCHEDULES).doesNotHaveDuplicates();
                failing.forEach(token -> reproduces(runner, token));
            }
        }
    }

    private static void reproduces(ScenarioRunner runner, String token) {
        String expected = told(runner, token);
        for (int replay = 1; replay < REPLAYS; replay++) {
            assertThat(told(runner, token)).as(token).isEqualTo(expected);
        }
    }

    /** A share of all that fail, so that each fault is among them. */
    private static List<String> failing(ScenarioRunner runner, KafkaCluster kafka) {
        List<String> all = explored(kafka).stream()
                .filter(token ->
                        runner.replay(ScheduleToken.parse(token), ManyReplaysTests::books) instanceof Outcome.Failed)
                .toList();
        List<String> some = new ArrayList<>();
        for (int i = 0; i < SCHEDULES; i++) {
            some.add(all.get(i * (all.size() - 1) / (SCHEDULES - 1)));
        }
        return some;
    }

    private static List<String> explored(KafkaCluster kafka) {
        Bounds bounds = kafka.bounds().withMaxFaults(1);
        Settings settings = Settings.explore(EnumSet.of(Fault.DUPLICATE, OTHERS), bounds)
                .withUndelivered(Settings.mayPassUndelivered("schedules are collected"));
        List<String> tokens = new ArrayList<>();
        Runner.explore(settings, System::nanoTime, run -> booked(Scenario.open(run, kafka)), trial -> {
            if (trial.kind() == Trial.Kind.EXPLORED) {
                tokens.add(trial.token().toString());
            }
        });
        return tokens;
    }

    private static String told(ScenarioRunner runner, String token) {
        Outcome outcome = runner.replay(ScheduleToken.parse(token), ManyReplaysTests::books);
        assertThat(outcome).as(token).isInstanceOf(Outcome.Failed.class);
        Outcome.Failed failed = (Outcome.Failed) outcome;
        return failed.cause().getMessage()
                + failed.history()
                        .of(Event.Delivered.class)
                        .map(delivered -> delivered.subscriber() + "/" + delivered.life() + " "
                                + delivered.message().label())
                        .toList();
    }
}
