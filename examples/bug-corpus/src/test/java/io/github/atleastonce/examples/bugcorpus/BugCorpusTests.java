package io.github.atleastonce.examples.bugcorpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.examples.bugcorpus.c1.C1Case;
import io.github.atleastonce.examples.bugcorpus.c11.C11Case;
import io.github.atleastonce.examples.bugcorpus.c12.C12Case;
import io.github.atleastonce.examples.bugcorpus.c13.C13Case;
import io.github.atleastonce.examples.bugcorpus.c15.C15Case;
import io.github.atleastonce.examples.bugcorpus.c2.C2Case;
import io.github.atleastonce.examples.bugcorpus.c3.C3Case;
import io.github.atleastonce.examples.bugcorpus.c4.C4Case;
import io.github.atleastonce.examples.bugcorpus.c6.C6Case;
import io.github.atleastonce.examples.bugcorpus.c8.C8Case;
import io.github.atleastonce.examples.bugcorpus.o22.O22Case;
import io.github.atleastonce.examples.bugcorpus.o23.O23Case;
import io.github.atleastonce.examples.bugcorpus.o25.O25Case;
import io.github.atleastonce.examples.bugcorpus.o26.O26Case;
import io.github.atleastonce.examples.bugcorpus.o27.O27Case;
import io.github.atleastonce.examples.bugcorpus.o29.O29Case;
import io.github.atleastonce.examples.bugcorpus.o30.O30Case;
import io.github.atleastonce.examples.bugcorpus.o32.O32Case;
import io.github.atleastonce.examples.bugcorpus.o35.O35Case;
import io.github.atleastonce.explore.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Finds each bug of the corpus within two faults, and passes its twin exhaustively. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BugCorpusTests {

    static final List<Bug> BUGS = List.of(
            C1Case.bug(),
            C2Case.bug(),
            C3Case.bug(),
            C4Case.bug(),
            C6Case.bug(),
            C8Case.bug(),
            C11Case.bug(),
            C12Case.bug(),
            C13Case.bug(),
            C15Case.bug(),
            O22Case.bug(),
            O23Case.bug(),
            O25Case.bug(),
            O26Case.bug(),
            O27Case.bug(),
            O29Case.bug(),
            O30Case.bug(),
            O32Case.bug(),
            O35Case.bug());

    private final Map<Integer, String> rows = new ConcurrentSkipListMap<>();
    private PostgreSql server;
    private DataSource db;
    private int found;
    private int falseAlarms;

    @BeforeAll
    void start() throws Exception {
        server = PostgreSql.start();
        db = server.pool();
        new Database(db)
                .update("CREATE TABLE customer (id TEXT PRIMARY KEY, credit INT); "
                        + "CREATE TABLE inbox (id TEXT PRIMARY KEY); CREATE TABLE marker (id TEXT); "
                        + "CREATE TABLE claim (id TEXT PRIMARY KEY, amount INT, since TIMESTAMP); "
                        + "CREATE TABLE orders (id TEXT PRIMARY KEY); CREATE TABLE relay (last INT); "
                        + "CREATE TABLE outbox (id SERIAL PRIMARY KEY, event TEXT, sent BOOLEAN DEFAULT FALSE); "
                        + "CREATE SEQUENCE charge_id");
    }

    @ParameterizedTest
    @FieldSource("BUGS")
    void isFoundAndItsTwinPasses(Bug bug) {
        long began = System.nanoTime();
        Outcome faulty = bug.runner().explore(scenario -> bug.faulty().perform(scenario, db));
        long between = System.nanoTime();
        Outcome fixed = bug.runner().explore(scenario -> bug.fixed().perform(scenario, db));
        long ended = System.nanoTime();

        boolean isFound = faulty instanceof Outcome.Failed failed
                && failed.token().deviations().size() >= 1
                && failed.cause() instanceof AssertionError
                && failed.token().toString().contains(bug.step());
        boolean passes =
                fixed instanceof Outcome.Passed passed && passed.claim().exhausted() == 2;
        found += isFound ? 1 : 0;
        falseAlarms += passes ? 0 : 1;
        rows.put(BUGS.indexOf(bug), row(bug, faulty, fixed, between - began, ended - between));
        assertThat(isFound)
                .as(() -> bug + " was to be found at " + bug.step() + ", but: " + faulty)
                .isTrue();
        assertThat(passes)
                .as(() -> "the twin of " + bug + " was to pass, but: " + fixed)
                .isTrue();
    }

    @AfterAll
    void stop() throws Exception {
        rows.values().forEach(System.out::println);
        System.out.println("bug corpus: found " + found + " of " + BUGS.size() + ", false alarms " + falseAlarms
                + " of " + BUGS.size());
        server.close();
    }

    private static String row(Bug bug, Outcome faulty, Outcome fixed, long finding, long passing) {
        String how = faulty instanceof Outcome.Failed failed
                ? failed.token().deviations().size() + " fault(s), schedule "
                        + failed.effort().runs() + ": " + failed.token()
                : "NOT FOUND";
        String twin = fixed instanceof Outcome.Passed passed ? passed.claim().runs() + " schedules" : "FALSE ALARM";
        return String.format(
                Locale.ROOT,
                "%-4s %5.1f s  %-95s twin: %s, %.1f s",
                bug.id(),
                seconds(finding),
                how,
                twin,
                seconds(passing));
    }

    private static double seconds(long nanos) {
        return Duration.ofNanos(nanos).toMillis() / 1000.0;
    }
}
