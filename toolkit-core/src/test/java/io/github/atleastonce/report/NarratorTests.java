package io.github.atleastonce.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.atleastonce.history.Attempt;
import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.history.Moment;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.history.WorkEvent;
import io.github.atleastonce.jdbc.SqlEvent;
import io.github.atleastonce.message.Label;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.message.StoredMessage.Kind;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Offer;
import io.github.atleastonce.schedule.Option;
import io.github.atleastonce.schedule.ScheduleToken;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What no in-memory run brings about, but other rooms do, or may do. */
class NarratorTests {

    private static final StoredMessage ORDER =
            new StoredMessage(Message.of("m-1", "o-1", "placed"), new Label("orders", 1, 1), 0, 0, 0, Kind.ORIGINAL);

    private static String told(Event... events) {
        History history =
                new Run(new ScheduleToken(List.of()).schedule(), Set.of(), Bounds.DEFAULT, new Caveats()).history();
        Arrays.stream(events).forEach(history::add);
        return Table.of(Narrator.rows(history));
    }

    private static Event did(String service, String step) {
        return new Event.Stepped(service, Step.named(step));
    }

    private static Event queried(String service, String step) {
        return new Event.Stepped(service, new Sql(step, "", true));
    }

    private static Event injected(Fault fault, String phrase) {
        Option option = new Option(fault, "", () -> phrase);
        return new Event.Injected(Offer.point("somewhere", List.of(new Offer(option, () -> {}))), option);
    }

    private static Event crashed(String service, int life, String where, String during) {
        return new Event.Crashed(service, life, new Moment(where, () -> during));
    }

    private record Sql(String name, String remark, boolean changesNothing) implements Step {}

    @Test
    void nothing() {
        assertThat(told()).isEmpty();
        assertThat(told(new Event.Booted("shop", 1), new Event.Sent(null, ORDER), new Event.Settled(1)))
                .isEmpty();
    }

    @Test
    void consumersThatOnlyABrokerKnows() {
        assertThat(told(new Event.Consumed("billing", "orders", 1), new Event.Consumed("billing", "orders", 2)))
                .isEqualTo("  1  billing consumed 1 record of orders\n  2  billing consumed 2 records of orders");
    }

    @Test
    void recordsOnABroker() {
        StoredMessage copy = new StoredMessage(ORDER.message(), ORDER.label(), 0, 1, 1, StoredMessage.Kind.COPY);

        assertThat(told(new Event.Published(ORDER), new Event.Published(copy)))
                .isEqualTo("  1  orders-0@0 String(o-1)  → broker\n"
                        + "  2  orders-0@1 String(o-1)  → broker      DUPLICATE");
    }

    @Test
    void aFaultThatAHandlerOutlives() {
        assertThat(told(
                        new Event.Delivered("billing", 1, ORDER),
                        did("billing", "INSERT invoice"),
                        injected(Fault.CONNECTION_LOST, "connection lost at COMMIT"),
                        did("billing", "ROLLBACK"),
                        new Event.Handled("billing", ORDER)))
                .isEqualTo("  1  orders-0@0 String(o-1)  → billing    INSERT invoice\n"
                        + "  2  ✗ CONNECTION_LOST: connection lost at COMMIT\n"
                        + "  3  … billing goes on                    ROLLBACK");
    }

    @Test
    void aFaultAfterWhichAHandlerOnlyReturns() {
        assertThat(told(
                        new Event.Delivered("billing", 1, ORDER),
                        injected(Fault.CONNECTION_LOST, "connection lost at COMMIT"),
                        new Event.Handled("billing", ORDER)))
                .isEqualTo("  1  orders-0@0 String(o-1)  → billing\n  2  ✗ CONNECTION_LOST: connection lost at COMMIT");
    }

    @Test
    void aCrashInsideATransaction() {
        assertThat(told(
                        new Event.Delivered("billing", 1, ORDER),
                        did("billing", "insert invoice"),
                        injected(Fault.CRASH, "crash after insert invoice of String(o-1) to billing"),
                        new SqlEvent.TransactionEnded("billing", 1, false),
                        crashed("billing", 1, "after insert invoice", "String(o-1) to billing")))
                .isEqualTo("  1  orders-0@0 String(o-1)  → billing    insert invoice\n"
                        + "  2  ✗ CRASH after insert invoice, before commit");
    }

    @Test
    void rowsThatAStatementChanged() {
        assertThat(told(
                        new Event.Delivered("billing", 1, ORDER),
                        did("billing", "insert invoice"),
                        new Event.Stepped("billing", new Sql("update customer", "(0 rows)", false)),
                        new Event.Stepped("billing", new Sql("delete outbox", "(3 rows)", false)),
                        queried("billing", "select customer"),
                        queried("billing", "commit")))
                .endsWith(
                        "  insert invoice; update customer (0 rows); delete outbox (3 rows); select customer; commit");
    }

    @Test
    void workThatFailedByAFault() {
        assertThat(told(
                        new Event.Booted("shop", 1),
                        new WorkEvent.Polled("shop", "relay", true),
                        did("shop", "select outbox"),
                        injected(Fault.CONNECTION_LOST, "connection lost at commit of relay of shop"),
                        new WorkEvent.WorkFailed("shop", () -> "relay of shop", new IllegalStateException("08006"))))
                .isEqualTo("  1  relay of shop     select outbox\n"
                        + "  2  ✗ CONNECTION_LOST: connection lost at commit of relay of shop\n"
                        + "  3  … shop goes on    threw IllegalStateException: 08006");
    }

    @Test
    void pollsThatFoundNothingAreLeftOut() {
        assertThat(told(
                        new WorkEvent.Polled("shop", "relay", true),
                        queried("shop", "select outbox"),
                        did("shop", "delete outbox"),
                        queried("shop", "commit"),
                        new WorkEvent.Polled("shop", "relay", true),
                        queried("shop", "select outbox"),
                        queried("shop", "commit"),
                        new WorkEvent.Polled("shop", "ticker", true),
                        new Event.Settled(1)))
                .isEqualTo("  1  relay of shop     select outbox; delete outbox; commit\n  2  ticker of shop");
    }

    @Test
    void noStoryEndsWithQuietHoweverOftenItIsWaitedFor() {
        assertThat(told(
                        new Event.Delivered("billing", 1, ORDER),
                        new Event.Handled("billing", ORDER),
                        new Event.Settled(1),
                        new WorkEvent.Polled("shop", "relay", true),
                        queried("shop", "select outbox"),
                        queried("shop", "commit"),
                        new Event.Settled(2)))
                .isEqualTo("  1  orders-0@0 String(o-1)  → billing");
    }

    @Test
    void aPollInWhichSomethingWentWrongIsTold() {
        assertThat(told(
                        new WorkEvent.Polled("shop", "relay", true),
                        queried("shop", "select outbox"),
                        injected(Fault.CRASH, "crash after select outbox of relay of shop"),
                        new SqlEvent.TransactionEnded("shop", 1, false),
                        crashed("shop", 1, "after select outbox", "relay of shop")))
                .isEqualTo("  1  relay of shop    select outbox\n  2  ✗ CRASH after select outbox, before commit");
    }

    @Test
    void aCrashWhileAllIsQuietAfterAPoll() {
        assertThat(told(
                        new WorkEvent.Polled("shop", "relay", true),
                        did("shop", "send orders"),
                        injected(Fault.CRASH, "crash of shop while all is quiet"),
                        new Event.Crashed("shop", 1, Moment.of("while all is quiet"))))
                .isEqualTo("  1  relay of shop    send orders\n  2  ✗ CRASH of shop while all is quiet");
    }

    @Test
    void onlyTheCrashInsideATransactionIsBeforeItsCommit() {
        assertThat(told(
                        new Event.Delivered("billing", 1, ORDER),
                        injected(Fault.CRASH, "crash after insert of String(o-1) to billing"),
                        new SqlEvent.TransactionEnded("billing", 1, false),
                        crashed("billing", 1, "after insert", "String(o-1) to billing"),
                        new Event.Delivered("billing", 2, ORDER),
                        injected(Fault.CRASH, "crash after commit of String(o-1) to billing"),
                        crashed("billing", 2, "after commit", "String(o-1) to billing")))
                .contains("✗ CRASH after insert, before commit\n")
                .endsWith("✗ CRASH after commit, before acknowledgement");
    }

    @Test
    void onlyTheCrashBeforeTheAcknowledgementIsTold() {
        assertThat(told(
                        new Event.Delivered("billing", 1, ORDER),
                        new Event.Stepped("billing", new Step.Acknowledge("acknowledge")),
                        injected(Fault.CRASH, "crash after acknowledge of String(o-1) to billing"),
                        crashed("billing", 1, "after acknowledge", "String(o-1) to billing"),
                        new Event.Delivered("billing", 2, ORDER),
                        injected(Fault.CRASH, "crash after commit of String(o-1) to billing"),
                        crashed("billing", 2, "after commit", "String(o-1) to billing")))
                .contains("✗ CRASH after acknowledge\n")
                .endsWith("✗ CRASH after commit, before acknowledgement");
    }

    @Test
    void aPollThatDidSomethingButQueriesIsTold() {
        assertThat(told(
                        queried("shop", "commit"),
                        new WorkEvent.Polled("shop", "mailer", true),
                        did("shop", "send mail")))
                .endsWith("mailer of shop    send mail");
    }

    @Test
    void whatWaitedBeforeTheDelayIsNotLateBecauseOfIt() {
        assertThat(told(
                        new Event.Elapsed(Duration.ofHours(1)),
                        injected(Fault.DELAY, "String(o-1) to billing held back until all else was done"),
                        new Event.Elapsed(Duration.ofMinutes(1)),
                        new Event.Delivered("billing", 1, ORDER)))
                .endsWith("LATE by 1 min");
    }

    @Test
    void whatIsSentWhileAnotherIsHeldBackIsNotLate() {
        assertThat(told(
                        injected(Fault.DELAY, "String(o-2) to billing held back until all else was done"),
                        new Event.Elapsed(Duration.ofMinutes(1)),
                        new Event.Sent("shop", ORDER),
                        new Event.Delivered("billing", 1, ORDER)))
                .doesNotContain("LATE");
    }

    @Test
    void noDelayLastsLongerThanASettling() {
        assertThat(told(
                        injected(Fault.DELAY, "String(o-2) to billing held back until all else was done"),
                        new Event.Settled(1),
                        new Event.Elapsed(Duration.ofMinutes(1)),
                        new Event.Delivered("billing", 1, ORDER)))
                .doesNotContain("LATE");
    }

    @Test
    void anAttemptThatFailed() {
        Attempt failed = new Attempt(Attempt.Result.FAILED, new IllegalStateException("no connection"));

        assertThat(told(new WorkEvent.Attempting("shop", 2), new WorkEvent.Attempted("shop", failed)))
                .isEqualTo("  1  attempt 2 in shop    threw IllegalStateException: no connection      FAILED");
    }

    @Test
    void aCrashThatNoScheduleChose() {
        assertThat(told(new Event.Booted("shop", 1), new Event.Crashed("shop", 1, Moment.of("in the rebalance"))))
                .isEqualTo("  1  ✗ CRASH of shop in the rebalance");
    }

    @Test
    void aServiceThatIsCalledByTheTest() {
        assertThat(told(
                        new Event.Booted("shop", 1),
                        did("shop", "SELECT order"),
                        new Event.Sent("shop", ORDER),
                        new Event.Stepped("shop", new Step.Send("orders"))))
                .isEqualTo("  1  shop    SELECT order; send orders-0@0 String(o-1)");
    }

    @Test
    void aServiceAtWorkInAnother() {
        assertThat(told(
                        new Event.Booted("shop", 1),
                        new WorkEvent.Attempting("shop", 1),
                        did("shop", "INSERT order"),
                        did("billing", "INSERT invoice"),
                        new WorkEvent.Attempted("shop", new Attempt(Attempt.Result.COMPLETED, null))))
                .isEqualTo("  1  attempt 1 in shop    INSERT order; billing: INSERT invoice");
    }

    @Test
    void timersAndPollersByTheirOwnSteps() {
        assertThat(told(
                        new Event.Elapsed(Duration.ofMinutes(5)),
                        new WorkEvent.TimerFired("shop"),
                        did("shop", "UPDATE order"),
                        new WorkEvent.Polled("shop", "relay", true),
                        did("shop", "DELETE outbox")))
                .isEqualTo("  1  the clock moves by 5 min\n"
                        + "  2  timer of shop               UPDATE order\n"
                        + "  3  relay of shop               DELETE outbox");
    }

    @Test
    void bootsThatWentWellAreLeftOut() {
        assertThat(told(did("shop", "CREATE TABLE"), new Event.Booted("shop", 1), new WorkEvent.Attempting("shop", 1)))
                .isEqualTo("  1  attempt 1 in shop");
    }

    @Test
    void retriesThatFailTheSameWay() {
        Event failed = new Event.HandlerFailed("billing", ORDER, 1, new IllegalStateException("locked"));

        assertThat(told(
                        new Event.Delivered("billing", 1, ORDER),
                        failed,
                        new Event.Delivered("billing", 1, ORDER),
                        failed))
                .isEqualTo("  1  orders-0@0 String(o-1)  → billing    threw IllegalStateException: locked\n"
                        + "  2  orders-0@0 String(o-1)  → billing    threw the same                           RETRY");
    }
}
