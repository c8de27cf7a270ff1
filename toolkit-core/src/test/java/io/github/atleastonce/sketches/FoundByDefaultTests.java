package io.github.atleastonce.sketches;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.explore.Effort;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.junit.FaultTest;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What {@code @FaultTest} finds without any attribute: each of these bugs, and none in the same service without it. The schedules of one fault are enough for all, so
 * the budget for those of two is short.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FoundByDefaultTests {

    private static final int AT_LEAST = 22;
    private static final Duration BUDGET = Duration.ofMillis(500);

    static final List<Sketch> SKETCHES = Stream.of(
                    Consumers.all(), Transactions.all(), Relays.all(), Sagas.all(), Webhooks.all())
            .flatMap(sketches -> sketches)
            .toList();

    private final Map<Integer, String> rows = new ConcurrentSkipListMap<>();
    private int found;
    private int falseAlarms;

    @ParameterizedTest
    @FieldSource("SKETCHES")
    void isFoundAndItsTwinPasses(Sketch sketch) throws Exception {
        Outcome faulty = explore(sketch, false);
        Outcome fixed = explore(sketch, true);

        boolean isFound = faulty instanceof Outcome.Failed failed
                && !failed.token().deviations().isEmpty()
                && failed.cause() instanceof AssertionError;
        boolean passes = fixed instanceof Outcome.Passed;
        found += isFound ? 1 : 0;
        falseAlarms += passes ? 0 : 1;
        rows.put(SKETCHES.indexOf(sketch), row(sketch, faulty, fixed));
        assertThat(isFound).as("%s: %s", sketch, faulty).isTrue();
        assertThat(passes).as("the twin of: %s: %s", sketch, fixed).isTrue();
    }

    @Test
    void areMany() {
        assertThat(SKETCHES).hasSizeGreaterThanOrEqualTo(AT_LEAST);
        assertThat(SKETCHES).extracting(Sketch::bug).doesNotHaveDuplicates();
    }

    @AfterAll
    void tell() {
        rows.values().forEach(System.out::println);
        System.out.println("the default finds " + found + " of " + SKETCHES.size() + ", false alarms " + falseAlarms
                + " of " + SKETCHES.size());
    }

    private static Outcome explore(Sketch sketch, boolean right) throws NoSuchMethodException {
        Fault[] all = (Fault[]) FaultTest.class.getMethod("faults").getDefaultValue();
        return ScenarioRunner.of(all[0], Arrays.copyOfRange(all, 1, all.length))
                .withBudget(BUDGET)
                .explore(scenario -> sketch.body().perform(scenario, right));
    }

    private static String row(Sketch sketch, Outcome faulty, Outcome fixed) {
        String how = faulty instanceof Outcome.Failed failed && failed.effort() instanceof Effort.Searched effort
                ? failed.token() + ", " + effort
                : "NOT FOUND: " + faulty;
        return sketch.bug() + ": " + how + (fixed instanceof Outcome.Passed ? "" : "; FALSE ALARM: " + fixed);
    }
}
