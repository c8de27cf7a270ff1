package io.github.atleastonce.examples.bugcorpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.atleastonce.examples.bugcorpus.addedforeachdelivery.AddedForEachDelivery;
import io.github.atleastonce.examples.bugcorpus.answeredbeforestored.AnsweredBeforeStored;
import io.github.atleastonce.examples.bugcorpus.appliedwithoutversion.AppliedWithoutVersion;
import io.github.atleastonce.examples.bugcorpus.claimwithoutlease.ClaimWithoutLease;
import io.github.atleastonce.examples.bugcorpus.compensationmissing.CompensationMissing;
import io.github.atleastonce.examples.bugcorpus.consumers.Consumers;
import io.github.atleastonce.examples.bugcorpus.creditedforeachdelivery.CreditedForEachDelivery;
import io.github.atleastonce.examples.bugcorpus.duplicatekeycaughtintransaction.DuplicateKeyCaughtInTransaction;
import io.github.atleastonce.examples.bugcorpus.keys.Keys;
import io.github.atleastonce.examples.bugcorpus.leases.Leases;
import io.github.atleastonce.examples.bugcorpus.lockedwithouttransaction.LockedWithoutTransaction;
import io.github.atleastonce.examples.bugcorpus.lostupdate.LostUpdate;
import io.github.atleastonce.examples.bugcorpus.markedsentbeforeacknowledgement.MarkedSentBeforeAcknowledgement;
import io.github.atleastonce.examples.bugcorpus.markerevictedbyage.MarkerEvictedByAge;
import io.github.atleastonce.examples.bugcorpus.markerstoredbeforework.MarkerStoredBeforeWork;
import io.github.atleastonce.examples.bugcorpus.markerstoredoutsidetransaction.MarkerStoredOutsideTransaction;
import io.github.atleastonce.examples.bugcorpus.markerwithoutgroup.MarkerWithoutGroup;
import io.github.atleastonce.examples.bugcorpus.markerwithoutkey.MarkerWithoutKey;
import io.github.atleastonce.examples.bugcorpus.newidforeachdelivery.NewIdForEachDelivery;
import io.github.atleastonce.examples.bugcorpus.newkeyforeachattempt.NewKeyForEachAttempt;
import io.github.atleastonce.examples.bugcorpus.outboxrowinowntransaction.OutboxRowInOwnTransaction;
import io.github.atleastonce.examples.bugcorpus.overtakenafterfailure.OvertakenAfterFailure;
import io.github.atleastonce.examples.bugcorpus.polledabovelastid.PolledAboveLastId;
import io.github.atleastonce.examples.bugcorpus.relays.Relays;
import io.github.atleastonce.examples.bugcorpus.replyhandledtwice.ReplyHandledTwice;
import io.github.atleastonce.examples.bugcorpus.retriedelsewhere.RetriedElsewhere;
import io.github.atleastonce.examples.bugcorpus.rowrecognisedbyevent.RowRecognisedByEvent;
import io.github.atleastonce.examples.bugcorpus.sentaftercommit.SentAfterCommit;
import io.github.atleastonce.examples.bugcorpus.sentwithintransaction.SentWithinTransaction;
import io.github.atleastonce.examples.bugcorpus.stateapartfromcommand.StateApartFromCommand;
import io.github.atleastonce.examples.bugcorpus.steps.Steps;
import io.github.atleastonce.examples.bugcorpus.timeouttakenforfailure.TimeOutTakenForFailure;
import io.github.atleastonce.examples.bugcorpus.updatedbeforecreated.UpdatedBeforeCreated;
import io.github.atleastonce.examples.bugcorpus.views.Views;
import io.github.atleastonce.examples.bugcorpus.withouttransaction.WithoutTransaction;
import io.github.atleastonce.examples.postgresql.PostgreSql;
import io.github.atleastonce.explore.Effort;
import io.github.atleastonce.explore.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Finds each bug of the corpus within two faults, and passes its twin exhaustively: first with as many faults as the bug takes, then with two. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BugCorpusTests {

    /** Those with a package of their own. */
    private static final List<Bug> WITH_A_PACKAGE = List.of(
            MarkerWithoutKey.bug(),
            DuplicateKeyCaughtInTransaction.bug(),
            MarkerStoredBeforeWork.bug(),
            MarkerStoredOutsideTransaction.bug(),
            ClaimWithoutLease.bug(),
            MarkerEvictedByAge.bug(),
            AddedForEachDelivery.bug(),
            LostUpdate.bug(),
            AppliedWithoutVersion.bug(),
            MarkerWithoutGroup.bug(),
            RetriedElsewhere.bug(),
            NewIdForEachDelivery.bug(),
            SentWithinTransaction.bug(),
            SentAfterCommit.bug(),
            OutboxRowInOwnTransaction.bug(),
            WithoutTransaction.bug(),
            PolledAboveLastId.bug(),
            MarkedSentBeforeAcknowledgement.bug(),
            LockedWithoutTransaction.bug(),
            OvertakenAfterFailure.bug(),
            RowRecognisedByEvent.bug(),
            ReplyHandledTwice.bug(),
            CompensationMissing.bug(),
            StateApartFromCommand.bug(),
            TimeOutTakenForFailure.bug(),
            AnsweredBeforeStored.bug(),
            CreditedForEachDelivery.bug(),
            UpdatedBeforeCreated.bug(),
            NewKeyForEachAttempt.bug());

    static final List<Bug> BUGS = Stream.of(
                    WITH_A_PACKAGE,
                    Consumers.bugs(),
                    Leases.bugs(),
                    Relays.bugs(),
                    Views.bugs(),
                    Steps.bugs(),
                    Keys.bugs())
            .flatMap(List::stream)
            .toList();

    /** One that gives up after one attempt and must put nothing aside asks for more than can be had: a lost connection fails it, bug or not. */
    static final List<Bug> LAWFUL_BY_DEFAULT =
            WITH_A_PACKAGE.stream().filter(bug -> !bug.id().equals("C2")).toList();

    /** Two of them take two switches of a relay, of the many pairs of faults that the default has: its budget may end before they come. */
    static final List<Bug> FOUND_BY_DEFAULT = LAWFUL_BY_DEFAULT.stream()
            .filter(bug -> bug.takesFault() && !List.of("O27", "O30").contains(bug.id()))
            .toList();

    static final int MOST = 2;

    static final String SCHEMA = "CREATE TABLE customer (id TEXT PRIMARY KEY, credit INT); "
            + "CREATE TABLE inbox (id TEXT PRIMARY KEY); CREATE TABLE marker (id TEXT); "
            + "CREATE TABLE claim (id TEXT PRIMARY KEY, amount INT, since TIMESTAMP); "
            + "CREATE TABLE orders (id TEXT PRIMARY KEY); CREATE TABLE relay (last INT); "
            + "CREATE TABLE outbox (id SERIAL PRIMARY KEY, event TEXT, sent BOOLEAN DEFAULT FALSE); "
            + "CREATE TABLE hook (id TEXT PRIMARY KEY, customer TEXT, amount INT, done BOOLEAN DEFAULT FALSE); "
            + "CREATE SEQUENCE charge_id; "
            + "CREATE TABLE trip (id TEXT PRIMARY KEY, state TEXT, deadline TIMESTAMP); "
            + "CREATE TABLE item (id TEXT PRIMARY KEY, state TEXT, version INT, at TIMESTAMP); "
            + "CREATE TABLE job (id TEXT PRIMARY KEY, due TIMESTAMP, token INT DEFAULT 1, what TEXT); "
            + "CREATE TABLE note (what TEXT); "
            + "CREATE TABLE trip_outbox (id SERIAL PRIMARY KEY, trip TEXT, what TEXT, sent BOOLEAN DEFAULT FALSE)";

    private static final String PAIRS = "pairs";
    private static final String REWRITE = "docs/bug-corpus.md is written by -Dtest=BugCorpusTests -Dgolden.write=true";
    private static final String HEAD = """
            COUNT

            | id | what it does | met in | faults | found by schedule | twin: schedules | seconds, and of the twin |
            |---|---|---|---|---|---|---|""";

    private final Map<Integer, String> lines = new ConcurrentSkipListMap<>();
    private final Map<Integer, String> rows = new ConcurrentSkipListMap<>();
    private PostgreSql server;
    private DataSource db;
    private int found;
    private int falseAlarms;

    @BeforeAll
    void start() throws Exception {
        server = PostgreSql.start();
        db = server.pool();
        new Database(db).update(SCHEMA);
    }

    @ParameterizedTest
    @FieldSource("BUGS")
    void isFoundAndItsTwinPasses(Bug bug) {
        long began = System.nanoTime();
        Outcome faulty = bug.runner(MOST).explore(scenario -> bug.faulty().perform(scenario, db));
        long between = System.nanoTime();
        int faults = faulty instanceof Outcome.Failed failed && !CorpusPage.isWritten()
                ? Math.max(1, failed.token().deviations().size())
                : MOST;
        Outcome fixed = bug.runner(faults).explore(scenario -> bug.fixed().perform(scenario, db));
        long ended = System.nanoTime();

        boolean isFound = faulty instanceof Outcome.Failed failed
                && failed.token().deviations().isEmpty() != bug.takesFault()
                && failed.cause() instanceof AssertionError
                && failed.token().toString().contains(bug.step());
        boolean passes = holds(fixed, faults);
        found += isFound ? 1 : 0;
        falseAlarms += passes ? 0 : 1;
        rows.put(BUGS.indexOf(bug), row(bug, faulty, fixed, between - began, ended - between));
        assertThat(isFound)
                .as(() -> bug + " was to be found at " + bug.step() + ", but: " + faulty)
                .isTrue();
        assertThat(passes)
                .as(() -> "the twin of " + bug + " was to pass, but: " + fixed)
                .isTrue();
        String told = told(bug, (Outcome.Failed) faulty);
        lines.put(BUGS.indexOf(bug), told + twin((Outcome.Passed) fixed, between - began, ended - between));
        if (!CorpusPage.isWritten()) {
            assertThat(CorpusPage.lines(PAIRS)).as(REWRITE).anyMatch(line -> line.startsWith(told), told);
        }
    }

    /** Each crash costs PostgreSQL a process, and two faults are many crashes. */
    @Tag("long")
    @ParameterizedTest
    @FieldSource("BUGS")
    void itsTwinPassesWithTwoFaults(Bug bug) {
        Outcome fixed = bug.runner(MOST).explore(scenario -> bug.fixed().perform(scenario, db));

        assertThat(holds(fixed, MOST))
                .as(() -> "the twin of " + bug + " was to pass with two faults, but: " + fixed)
                .isTrue();
        String twin = CorpusPage.withoutSeconds(twin((Outcome.Passed) fixed, 0, 0));
        assertThat(CorpusPage.lines(PAIRS))
                .as(REWRITE)
                .anyMatch(line -> line.startsWith("| " + bug.id() + " |") && line.endsWith(twin), bug.id() + twin);
    }

    private static boolean holds(Outcome outcome, int faults) {
        return outcome instanceof Outcome.Passed passed && passed.claim().exhausted() == faults;
    }

    /** Whoever names no faults finds it, too: that is what most tests do. */
    @ParameterizedTest
    @FieldSource("FOUND_BY_DEFAULT")
    void isFoundByTheDefault(Bug bug) {
        Outcome faulty = Bug.wide(Duration.ofSeconds(10))
                .explore(scenario -> bug.faulty().perform(scenario, db));

        assertThat(faulty).as(() -> bug + " under the default").isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.token().deviations()).as("%s", failed.token()).isNotEmpty();
            System.out.println(bug.id() + " by default: " + failed.token() + ", " + failed.effort());
        });
    }

    /** Nobody is blamed by the default who is right: under every schedule with one fault, and some with two. */
    @Tag("long")
    @ParameterizedTest
    @FieldSource("LAWFUL_BY_DEFAULT")
    void itsTwinPassesTheDefault(Bug bug) {
        Outcome fixed =
                Bug.wide(Duration.ofSeconds(2)).explore(scenario -> bug.fixed().perform(scenario, db));

        assertThat(fixed).as(() -> "the twin of " + bug + " under the default").isInstanceOf(Outcome.Passed.class);
    }

    @Test
    void thePageHasTheseBugsAndNoOthers() {
        if (!CorpusPage.isWritten()) {
            assertThat(CorpusPage.lines(PAIRS).stream().limit(1)).as(REWRITE).containsExactly(count());
            assertThat(CorpusPage.lines(PAIRS).stream().skip(3).map(line -> line.split(" ")[1]))
                    .as(REWRITE)
                    .containsExactlyElementsOf(BUGS.stream().map(Bug::id).toList());
        }
    }

    @Test
    void mostBugsWereMetInPublic() {
        assertThat(BUGS).hasSizeGreaterThanOrEqualTo(70);
        assertThat(BUGS.stream().skip(WITH_A_PACKAGE.size()))
                .hasSizeGreaterThanOrEqualTo(25)
                .allMatch(BugCorpusTests::isPublic, "names a repository and a number");
    }

    @Test
    void eachBugHasAnIdOfItsOwn() {
        assertThat(BUGS).extracting(Bug::id).doesNotHaveDuplicates();
    }

    @Test
    void aPackageThatDoesNotSayItsBugIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bug.of(Database.class, "orders"))
                .withMessageContaining("io.github.atleastonce.examples.bugcorpus wants a @KnownBug");
    }

    @AfterAll
    void stop() throws Exception {
        if (CorpusPage.isWritten() && lines.size() == BUGS.size()) {
            CorpusPage.write(
                    PAIRS,
                    Stream.of(HEAD.lines().map(line -> line.replace("COUNT", count())), lines.values().stream())
                            .flatMap(all -> all)
                            .toList());
        }
        rows.values().forEach(System.out::println);
        System.out.println("bug corpus: found " + found + " of " + BUGS.size() + ", false alarms " + falseAlarms
                + " of " + BUGS.size());
        server.close();
    }

    private static boolean isPublic(Bug bug) {
        return bug.metIn().matches(".+ (#|PR )\\d+.*");
    }

    private static String count() {
        return BUGS.size() + " bugs, each beside its twin; "
                + BUGS.stream().filter(BugCorpusTests::isPublic).count()
                + " of them were met by somebody who says so in a public tracker.";
    }

    /** Tells the bug as the page does, up to what is told of its twin. */
    private static String told(Bug bug, Outcome.Failed faulty) {
        String how = faulty.effort() instanceof Effort.Searched effort
                ? faulty.token().deviations().size() + " | " + effort.runs() + ": `" + faulty.token() + "`"
                : "0 | the first";
        return "| " + bug.id() + " | " + bug.title() + " | " + bug.metIn() + " | " + how + " |";
    }

    private static String twin(Outcome.Passed fixed, long finding, long passing) {
        return String.format(
                Locale.ROOT, " %,d | %.1f s, %.1f s |", fixed.claim().runs(), seconds(finding), seconds(passing));
    }

    private static String row(Bug bug, Outcome faulty, Outcome fixed, long finding, long passing) {
        String how = faulty instanceof Outcome.Failed failed && failed.effort() instanceof Effort.Searched effort
                ? failed.token().deviations().size() + " fault(s), schedule " + effort.runs() + ": " + failed.token()
                : faulty instanceof Outcome.Failed ? "without any fault" : "NOT FOUND";
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
