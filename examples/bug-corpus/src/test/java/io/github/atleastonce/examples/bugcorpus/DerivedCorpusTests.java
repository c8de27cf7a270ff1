package io.github.atleastonce.examples.bugcorpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.explore.Claim;
import io.github.atleastonce.explore.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Finds each bug of the corpus by the same schedule when schedules are derived, and passes each twin under as many schedules as there are. With {@code
 * -Dderive.faults=3} twins meet three faults, and how many schedules that are is printed only; with {@code -Dderive.bugs=all} it is all pairs.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DerivedCorpusTests {

    private static final String SOME = System.getProperty("derive.bugs", "C3,C6,C15,C22,C38,O29,L4,P1,S1,W6");
    private static final List<Bug> BUGS = BugCorpusTests.BUGS.stream()
            .filter(bug -> SOME.equals("all") || List.of(SOME.split(",")).contains(bug.id()))
            .toList();
    private static final int FAULTS = Integer.getInteger("derive.faults", BugCorpusTests.MOST);

    /** The columns of the page for a pair: where it was found, and under how many schedules its twin holds. */
    private static final Pattern PAIR =
            Pattern.compile(".*\\| (?:\\d+: `(?<token>[^`]+)`|the first) \\| (?<twin>[\\d,]+) \\|[^|]*\\|");

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

    @ParameterizedTest
    @FieldSource("BUGS")
    void isFoundBySameScheduleAndItsTwinPassesAsMany(Bug bug) {
        Matcher pair = CorpusPage.lines("pairs").stream()
                .filter(line -> line.startsWith("| " + bug.id() + " |"))
                .map(PAIR::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .orElseThrow();

        Outcome faulty = bug.runner(BugCorpusTests.MOST)
                .deriving()
                .explore(scenario -> bug.faulty().perform(scenario, db));
        assertThat(faulty)
                .as(bug.toString())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.token().toString())
                                .isEqualTo(pair.group("token") == null ? "1:" : pair.group("token")));

        long began = System.nanoTime();
        Outcome fixed =
                bug.runner(FAULTS).deriving().explore(scenario -> bug.fixed().perform(scenario, db));
        assertThat(fixed).as("the twin of %s", bug).isInstanceOf(Outcome.Passed.class);
        Claim claim = ((Outcome.Passed) fixed).claim();
        if (FAULTS == BugCorpusTests.MOST) {
            assertThat(claim.runs()).isEqualTo(Long.parseLong(pair.group("twin").replace(",", "")));
        }
        System.out.println(row(bug, claim, System.nanoTime() - began));
    }

    private static String row(Bug bug, Claim claim, long nanos) {
        Claim.Without without = claim.without();
        String how = without == null
                ? "nothing derived: " + not(claim.remarks())
                : String.format(
                        Locale.ROOT,
                        "%,d run, %,d derived, %,d checked%s",
                        claim.runs() - without.derived(),
                        without.derived(),
                        without.checked(),
                        without.closed() ? ", closed" : "");
        return String.format(
                Locale.ROOT,
                "derived %-4s ≤ %d: %,7d schedules: %s; %.1f s",
                bug.id(),
                FAULTS,
                claim.runs(),
                how,
                nanos / 1e9);
    }

    private static String not(Set<String> remarks) {
        return remarks.stream()
                .filter(remark -> remark.startsWith("nothing was derived, "))
                .findFirst()
                .orElse("");
    }
}
