package io.github.atleastonce.examples.bugcorpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.consumers.Consumers;
import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.explore.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Lets chance look for the bugs of the corpus: each fault that the exploration of a bug has, at each place with the same probability. With
 * {@code -Dcorpus.seeds=1000} the whole corpus is measured, and the page of the documentation written.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomFaultsTests {

    /** How long a bug is looked for at most, and a twin run. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final int SOUND_SEEDS = 20;
    private static final int SERIES = 5;

    private PostgreSql server;
    private DataSource db;

    @BeforeAll
    void start() throws Exception {
        server = PostgreSql.start();
        db = server.pool();
        new Database(db).update(BugCorpusTests.SCHEMA);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @Test
    void chanceFindsWhatIsEasyToFindAndPassesItsTwin() {
        Bug bug = named("C21");
        RandomFaults chance = new RandomFaults(0.1, 0);

        assertThat(chance.untilItFails(bug, bug.faulty(), db, 100, LONG).failure())
                .isNotNull();
        assertThat(chance.untilItFails(bug, bug.fixed(), db, 30, LONG).failure())
                .isNull();
    }

    @Test
    void aSeedIsASchedule() {
        Bug bug = named("C22");
        RandomSchedule first = new RandomSchedule(7, 0.3);
        RandomSchedule second = new RandomSchedule(7, 0.3);
        RandomFaults chance = new RandomFaults(0.3, 0);

        chance.fails(bug, bug.fixed(), db, first);
        chance.fails(bug, bug.fixed(), db, second);

        assertThat(first.faults()).isPositive();
        assertThat(second.trace().deviations())
                .hasToString(first.trace().deviations().toString());
    }

    @Test
    @EnabledIfSystemProperty(named = "corpus.seeds", matches = "\\d+")
    void measures() {
        int seeds = Integer.getInteger("corpus.seeds");
        List<Bug> bugs = BugCorpusTests.BUGS.stream().filter(Bug::takesFault).toList();
        bugs.subList(0, 4)
                .forEach(bug -> bug.runner(BugCorpusTests.MOST)
                        .explore(scenario -> bug.faulty().perform(scenario, db)));
        List<Found> found = bugs.stream().map(this::explored).toList();
        List<String> summary = new ArrayList<>(List.of(
                "| | found in the time of its exploration | found within " + seeds
                        + " seeds | faults of what fails first: median, most | sound twins that fail within "
                        + SOUND_SEEDS + " seeds |",
                "|---|---|---|---|---|",
                row(
                        "exploration, smallest first",
                        bugs.size(),
                        bugs.size(),
                        sizes(found.stream().map(Found::faults).toList()),
                        0,
                        bugs.size())));
        List<String> each = new ArrayList<>();
        for (double probability : new double[] {0.1, 0.02, 0.3}) {
            List<RandomFaults.Result> results = new ArrayList<>();
            RandomFaults chance = new RandomFaults(probability, 0);
            for (Bug bug : bugs) {
                results.add(chance.untilItFails(bug, bug.faulty(), db, seeds, LONG));
            }
            int alarms = 0;
            for (Bug bug : bugs) {
                alarms += chance.untilItFails(bug, bug.fixed(), db, SOUND_SEEDS, SHORT)
                                        .failure()
                                == null
                        ? 0
                        : 1;
            }
            summary.add(summary(probability, inTime(probability, bugs, found), results, alarms));
            CorpusPage.write("random", summary);
            if (each.isEmpty()) {
                each.addAll(table(bugs, found, results));
                CorpusPage.write("seeds", each);
            }
        }
    }

    /** What the exploration has needed, in time and in faults. */
    private record Found(long nanos, int faults) {}

    private Found explored(Bug bug) {
        long began = System.nanoTime();
        Outcome outcome =
                bug.runner(BugCorpusTests.MOST).explore(scenario -> bug.faulty().perform(scenario, db));
        long nanos = System.nanoTime() - began;
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return new Found(nanos, ((Outcome.Failed) outcome).token().deviations().size());
    }

    /** Returns how many bugs are found in the time that the exploration took for them, on the average of some series of seeds. */
    private double inTime(double probability, List<Bug> bugs, List<Found> found) {
        int times = 0;
        for (int series = 1; series <= SERIES; series++) {
            RandomFaults chance = new RandomFaults(probability, series);
            for (int i = 0; i < bugs.size(); i++) {
                Duration time = Duration.ofNanos(found.get(i).nanos());
                Bug bug = bugs.get(i);
                times += chance.untilItFails(bug, bug.faulty(), db, Integer.MAX_VALUE, time)
                                        .failure()
                                == null
                        ? 0
                        : 1;
            }
        }
        return times / (double) SERIES;
    }

    private static String summary(double probability, double inTime, List<RandomFaults.Result> results, int alarms) {
        List<Integer> faults = results.stream()
                .map(RandomFaults.Result::failure)
                .filter(Objects::nonNull)
                .map(RandomFaults.Failure::faults)
                .toList();
        String name = String.format(Locale.ROOT, "chance, %.0f %% at each place", 100 * probability);
        return row(name, inTime, faults.size(), sizes(faults), alarms, results.size());
    }

    private static String row(String name, double inTime, int found, String sizes, int alarms, int of) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f of %d | %d of %d | %s | %d of %d |",
                name,
                inTime,
                of,
                found,
                of,
                sizes,
                alarms,
                of);
    }

    private static String sizes(List<Integer> faults) {
        List<Integer> sorted = faults.stream().sorted().toList();
        return sorted.isEmpty() ? "–" : sorted.get(sorted.size() / 2) + ", " + sorted.get(sorted.size() - 1);
    }

    private static List<String> table(List<Bug> bugs, List<Found> found, List<RandomFaults.Result> results) {
        List<String> lines = new ArrayList<>(List.of(
                "| id | exploration: faults | in | chance: first seed that fails | its faults | in |",
                "|---|---|---|---|---|---|"));
        for (int i = 0; i < bugs.size(); i++) {
            RandomFaults.Failure failure = results.get(i).failure();
            String chance = failure == null
                    ? String.format(
                            Locale.ROOT,
                            "none of %,d | – | %.1f s",
                            results.get(i).seeds(),
                            results.get(i).nanos() / 1e9)
                    : String.format(
                            Locale.ROOT, "%,d | %d | %.1f s", failure.seed(), failure.faults(), failure.nanos() / 1e9);
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f s | %s |",
                    bugs.get(i).id(),
                    found.get(i).faults(),
                    found.get(i).nanos() / 1e9,
                    chance));
        }
        return lines;
    }

    private static Bug named(String id) {
        return Consumers.bugs().stream()
                .filter(bug -> bug.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
