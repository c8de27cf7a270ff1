package io.github.atleastonce.process;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.UsageException;
import io.github.atleastonce.schedule.Bound;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A query by which a process looks for work again and again, such as the relay of an outbox. It waits at the entrance until the run ticks it, and with what
 * it then leads to it is one tick, which is over when the query comes again, or has found nothing and left no transaction open. Safe for use by several
 * threads.
 */
final class Poll {

    private static final long PAUSE_MILLIS = 5;

    private final OuterLife life;
    private final String name;
    private final TreeSet<String> others = new TreeSet<>();
    private final List<PostgreSqlConversation> waiting = new ArrayList<>(1);
    private int expected;
    private boolean permitted;
    private @Nullable PostgreSqlConversation ticked;
    /** What went on though it was not ticked, since nobody attended to it. */
    private @Nullable PostgreSqlConversation loose;

    private boolean empty;
    private int answer;
    private int before;
    private int ticks;

    Poll(OuterLife life, String name) {
        this.life = life;
        this.name = name;
    }

    /** Takes note of a statement that the process sends, and says whether it is this query. */
    boolean meets(String statement) {
        boolean same = name.equals(statement);
        if (!same) {
            synchronized (this) {
                others.add(statement);
            }
        }
        return same;
    }

    /**
     * Lets the query wait until it is ticked, or nobody attends to the process. On a thread of a connection.
     *
     * @param conversation what is said on the connection
     * @param closing says whether the connection ends
     */
    synchronized void await(PostgreSqlConversation conversation, BooleanSupplier closing) {
        if (conversation == loose) {
            loose = null;
        }
        waiting.add(conversation);
        notifyAll();
        while (!permitted && !closing.getAsBoolean() && life.isAttendedTo()) {
            pause();
        }
        waiting.remove(conversation);
        if (permitted) {
            permitted = false;
            empty = false;
            answer = 0;
            ticked = conversation;
        } else if (!closing.getAsBoolean()) {
            empty = false;
            loose = conversation;
        }
        notifyAll();
    }

    /** Takes what the query has given, before the client is told. */
    synchronized void answered(int rows, int content) {
        empty = rows == 0;
        answer = rows == 0 ? 0 : 31 * rows + content | 1;
    }

    /** Lets the query go once, and waits until what comes of it is over; says whether it found something that it has not found before. On the thread of the run. */
    boolean tick() {
        await();
        int from = life.run().history().events().size();
        life.attend(this::permit, this::isOver);
        boolean sent = hasSent(from);
        synchronized (this) {
            ticked = null;
            boolean found = answer != 0 && (answer != before || sent);
            before = answer;
            ticks++;
            return found || life.hasEnded();
        }
    }

    /** Waits until what went on by itself has come back, or for as long as whoever has been left alone is waited for. */
    synchronized void awaitLoose() {
        long end = System.nanoTime() + life.run().bounds().arrivalTimeout().toNanos();
        while (isLoose() && System.nanoTime() - end < 0) {
            pause();
        }
        loose = null;
    }

    private boolean isLoose() {
        PostgreSqlConversation at = loose;
        return at != null && !life.hasEnded() && !(empty && at.isIdle());
    }

    private boolean hasSent(int from) {
        List<Event> events = life.run().history().events();
        return events.subList(from, events.size()).stream()
                .anyMatch(event -> event instanceof Event.Stepped done && done.step() instanceof Step.Send);
    }

    private void await() {
        long end = System.nanoTime() + life.run().bounds().settleTimeout().toNanos();
        synchronized (this) {
            while (waiting.isEmpty() && !life.hasEnded()) {
                if (System.nanoTime() - end > 0) {
                    throw missing(Bound.SETTLE_TIMEOUT.in(life.run().bounds()));
                }
                pause();
            }
        }
    }

    private synchronized void permit() {
        expected = waiting.size();
        permitted = expected > 0;
        notifyAll();
    }

    /** A name that is not met is a mistake of the test; a relay that stops looking is one of the service. */
    private RuntimeException missing(String bound) {
        if (ticks > 0) {
            return new NotSettledException(
                    bound, List.of("the process of '" + life + "', which has ceased to send '" + name + "'"));
        }
        return life.run()
                .history()
                .caveats()
                .refuse(new UsageException("PostgreSqlEntrance.polls(\"" + name + "\") of '" + life
                        + "' wants a query that the process sends again and again, but within " + bound
                        + " it has sent "
                        + (others.isEmpty() ? "nothing" : "only " + String.join(", ", others)) + "."));
    }

    private synchronized boolean isOver() {
        PostgreSqlConversation at = ticked;
        return expected == 0 || life.hasEnded() || !permitted && at != null && (empty && at.isIdle() || isBack(at));
    }

    /** As many wait as before, whoever was ticked among them, or on another connection. */
    private boolean isBack(PostgreSqlConversation at) {
        return waiting.size() >= expected && (waiting.contains(at) || at.isIdle());
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.timedWait(this, PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a process waited for its turn.", interrupted);
        }
    }
}
