package io.github.atleastonce.semantics;

import static io.github.atleastonce.schedule.Fault.CRASH;
import static io.github.atleastonce.schedule.Fault.DELAY;
import static io.github.atleastonce.schedule.Fault.DROP;
import static io.github.atleastonce.schedule.Fault.DUPLICATE;
import static io.github.atleastonce.schedule.Fault.PAUSE;
import static io.github.atleastonce.schedule.Fault.POISON;
import static io.github.atleastonce.schedule.Fault.REBALANCE;
import static io.github.atleastonce.schedule.Fault.REDELIVERY;
import static io.github.atleastonce.schedule.Fault.REORDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.explore.Outcome;
import io.github.atleastonce.explore.Runner;
import io.github.atleastonce.explore.Settings;
import io.github.atleastonce.explore.Trial;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner.Body;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.FaultSource;
import io.github.atleastonce.schedule.ScheduleToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keeps {@code docs/semantics.md} true: its code is that of {@link Examples}, and what it shows below the code is what the
 * exploration does. With {@code -Dsemantics.write} the blocks of the page are written instead of compared.
 */
class SemanticsPageTests {

    /** Examples show what is delivered, and assert only where something fails. */
    private static final String COUNTED = "only shown";

    private static final Path PAGE = Path.of("..", "docs", "semantics.md");

    /** Faults of clients of a broker, which the module for Kafka has. */
    private static final Set<Fault> ON_THE_WIRE =
            EnumSet.of(Fault.COMMIT_FAILED, Fault.REBALANCE, Fault.BROKER_UNAVAILABLE);

    private static final Path SOURCE =
            Path.of("src", "test", "java", "io", "github", "atleastonce", "semantics", "Examples.java");

    private record Example(String name, Body body, int maxFaults, Fault... faults) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Example> examples() {
        return Stream.of(
                new Example("duplicate", Examples::duplicate, 1, DUPLICATE),
                new Example("redelivery", Examples::redelivery, 1, REDELIVERY),
                new Example("crash", Examples::crash, 1, CRASH),
                new Example("confirmation", Examples::confirmation, 1, REDELIVERY, CRASH),
                new Example("attempt", Examples::attempt, 1, CRASH),
                new Example("reorder", Examples::reorder, 1, REORDER),
                new Example("subscribers", Examples::subscribers, 1, REORDER),
                new Example("none", Examples::none, 1, REORDER),
                new Example("delay", Examples::delay, 2, DELAY),
                new Example("drop and poison", Examples::dropAndPoison, 1, DROP, POISON),
                new Example("nodes", Examples::nodes, 1, CRASH, REBALANCE),
                new Example("pause", Examples::pause, 1, PAUSE),
                new Example("always", Examples::always, 1, REDELIVERY));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void showsWhatTheExampleDoes(Example example) throws IOException {
        assertShown(example.name(), run(example));
    }

    @Test
    void showsTheCounts() throws IOException {
        StringBuilder table = new StringBuilder();
        table.append(count("rewind = 1", Bounds.DEFAULT.withRewind(1), DUPLICATE, REDELIVERY, CRASH));
        table.append(count("rewind = 2", Bounds.DEFAULT, DUPLICATE, REDELIVERY, CRASH));
        table.append(count("rewind = 2", Bounds.DEFAULT, DUPLICATE));
        table.append(count("rewind = 2", Bounds.DEFAULT, REDELIVERY));
        table.append(count("rewind = 2", Bounds.DEFAULT, CRASH));
        table.append(count("rewind = 2", Bounds.DEFAULT, DUPLICATE, REDELIVERY, CRASH, DELAY));
        assertShown("counts", table.toString());
    }

    @Test
    void namesEveryFaultAndWhoOffersIt() throws IOException {
        Set<Fault> inMemory = TransportFactory.IN_MEMORY.capabilities().faults();
        Set<Fault> elsewhere = FaultSource.present();
        String page = Files.readString(PAGE);
        for (Fault fault : Fault.values()) {
            assertThat(page.contains("| `" + fault + "` | yes"))
                    .as("%s in memory", fault)
                    .isEqualTo(inMemory.contains(fault));
            assertThat(inMemory.contains(fault) || elsewhere.contains(fault) || ON_THE_WIRE.contains(fault))
                    .as("%s is offered by somebody", fault)
                    .isTrue();
            assertThat(page).contains("| `" + fault + "` | ");
        }
    }

    /** A token in the prose is one that an example has shown. */
    @Test
    void citesNoTokenThatNoExampleShows() throws IOException {
        String page = Files.readString(PAGE);
        Set<String> cited = tokens("`(1:[^`]*)`", page);
        Set<String> shown = tokens("(?m)^(1:\\S*(?: \\S+\\))?) ", page);
        assertThat(cited).isNotEmpty().isSubsetOf(shown);
    }

    private static Set<String> tokens(String pattern, String page) {
        return Pattern.compile(pattern)
                .matcher(page)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String run(Example example) {
        StringBuilder shown = new StringBuilder();
        Outcome outcome = Runner.explore(
                Settings.explore(
                                EnumSet.copyOf(Arrays.asList(example.faults())),
                                Bounds.DEFAULT.withMaxFaults(example.maxFaults()))
                        .withUndelivered(COUNTED),
                () -> 0,
                run -> example.body().perform(Scenario.open(run, TransportFactory.IN_MEMORY)),
                trial -> {
                    if (trial.kind() == Trial.Kind.FAULT_FREE || trial.kind() == Trial.Kind.EXPLORED) {
                        Run run = trial.run();
                        String token = new ScheduleToken(run.schedule().trace().deviations()).toString();
                        shown.append("%-50s %s\n".formatted(token, deliveries(run)));
                    }
                });
        return shown.append(conclusion(outcome)).toString();
    }

    private static String conclusion(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return "fails: "
                    + String.valueOf(failed.cause().getMessage())
                            .lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .collect(Collectors.joining(" "))
                    + "\n";
        }
        return ((Outcome.Passed) outcome).claim().toString().replace("; " + COUNTED, "") + "\n";
    }

    private static String deliveries(Run run) {
        long subscribers = run.history()
                .of(Event.Delivered.class)
                .map(Event.Delivered::subscriber)
                .distinct()
                .count();
        boolean isNode = run.services().haveNodes();
        return run.history().events().stream()
                .flatMap(event -> sign(event, subscribers > 1 || isNode).stream())
                .collect(Collectors.joining(" "));
    }

    private static Optional<String> sign(Event event, boolean names) {
        if (event instanceof Event.Delivered delivered) {
            String payload = delivered.message().kind() == StoredMessage.Kind.POISON
                    ? "☠"
                    : delivered.message().message().payload().toString();
            return Optional.of(names ? delivered.subscriber() + ":" + payload : payload);
        }
        if (event instanceof Event.Crashed) {
            return Optional.of("✗");
        }
        if (event instanceof Event.DeadLettered) {
            return Optional.of("†");
        }
        if (event instanceof Event.Elapsed elapsed) {
            return Optional.of("+" + elapsed.by().truncatedTo(ChronoUnit.SECONDS));
        }
        return event instanceof Event.Settled ? Optional.of("|") : Optional.empty();
    }

    private static String count(String rewind, Bounds bounds, Fault... faults) {
        StringBuilder line = new StringBuilder(
                "%-40s %s".formatted(Arrays.stream(faults).map(Fault::name).collect(Collectors.joining(", ")), rewind));
        for (int maxFaults = 1; maxFaults <= 3; maxFaults++) {
            var outcome = Runner.explore(
                    Settings.explore(EnumSet.copyOf(Arrays.asList(faults)), bounds.withMaxFaults(maxFaults))
                            .withUndelivered(COUNTED),
                    run -> Examples.counts(Scenario.open(run, TransportFactory.IN_MEMORY)));
            line.append("   ≤ %d: %,d"
                    .formatted(maxFaults, ((Outcome.Passed) outcome).claim().runs()));
        }
        return line.append('\n').toString();
    }

    private static void assertShown(String name, String result) throws IOException {
        String block = "<!-- example: " + name + " -->\n```java\n" + code(name) + "```\n```text\n" + result + "```\n";
        String page = Files.readString(PAGE);
        int begin = page.indexOf("<!-- example: " + name + " -->\n");
        assertThat(begin).as("the page has a place for the example '%s'", name).isNotNegative();
        int end = page.indexOf("<!-- end -->\n", begin);
        if (System.getProperty("semantics.write") != null) {
            Files.writeString(PAGE, page.substring(0, begin) + block + page.substring(end));
            return;
        }
        assertThat(page.substring(begin, end)).isEqualTo(block);
    }

    private static String code(String name) throws IOException {
        String source = Files.readString(SOURCE);
        String mark = "// example: " + name + "\n";
        int begin = source.indexOf(mark) + mark.length();
        assertThat(begin).as("the source has the example '%s'", name).isGreaterThan(mark.length());
        int end = source.indexOf("        // end", begin);
        return source.substring(begin, end).stripTrailing().stripIndent() + "\n";
    }
}
