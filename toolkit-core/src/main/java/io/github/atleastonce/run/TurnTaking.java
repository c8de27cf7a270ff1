package io.github.atleastonce.run;

import io.github.atleastonce.history.Event;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Several threads of which one moves at a time: the one that has the turn. It passes the turn on, ends, or loses it when it has to wait
 * for what another one holds. Whoever is parked last watches the holder; the first strand is the thread of the test.
 */
final class TurnTaking {

    static final long POLL_MILLIS = 1;
    /** Who was not the first to wait looks for a deadlock once, soon after its wait begins. */
    private static final long PAST_DEADLOCK_CHECK_NANOS = 10_000_000;

    private final Run run;
    private final Run.Work idle;
    private final Strand first;
    private final List<Strand> strands = new CopyOnWriteArrayList<>();
    private volatile Strand turn;
    private long clock;

    TurnTaking(Run run, Run.Work idle) {
        this.run = run;
        this.idle = idle;
        this.first = new Strand("the first", Thread.currentThread(), idle);
        this.turn = first;
        strands.add(first);
    }

    boolean isMyTurn() {
        return turn.isCurrent();
    }

    /** Gives the turn to a thread that is none of the strands, while the first one waits for it. */
    void lendTo(Thread guest) {
        turn = new Strand("a guest", guest, idle);
    }

    void takeBack() {
        turn = first;
    }

    boolean isFirst() {
        return first.isCurrent();
    }

    boolean isActive() {
        return strands.size() > 1;
    }

    /** Does I/O; if it has to wait for another strand, that one gets the turn. */
    @Nullable
    Object perform(Contention contention, Run.Io io) throws Throwable {
        Strand me = isActive() ? current() : null;
        if (me == null) {
            return io.call();
        }
        comeBack(me);
        if (strands.stream().anyMatch(strand -> strand.stuck)) {
            contention.comesLast();
        }
        me.contention = contention;
        try {
            return io.call();
        } finally {
            me.returning = true;
            me.contention = null;
            comeBack(me);
        }
    }

    /** Waits for the turn, if it was taken while this thread waited for something that is no I/O. */
    void comeBack() {
        Strand me = isActive() && !isMyTurn() ? current() : null;
        if (me != null) {
            comeBack(me);
        }
    }

    private @Nullable Strand current() {
        for (Strand strand : strands) {
            if (strand.isCurrent()) {
                return strand;
            }
        }
        return null;
    }

    /** Returns who has the turn. */
    Strand holder() {
        return turn;
    }

    /** Returns who could have the turn in its place. */
    List<Strand> parked() {
        return strands.stream()
                .filter(strand -> strand != turn && strand.canGoOn())
                .toList();
    }

    /** Counts what has not ended. */
    long size() {
        return strands.stream().filter(strand -> !strand.done).count();
    }

    boolean isFirst(Strand strand) {
        return strand == first;
    }

    /** Leaves the first strand alone, when the others are done. */
    List<Strand> disband() {
        List<Strand> all = List.copyOf(strands);
        strands.removeIf(strand -> strand != first);
        return all;
    }

    /** Lets something begin on a thread of its own, with the turn, and waits until it comes back. */
    void begin(String name, Runnable effect) {
        Strand[] made = new Strand[1];
        Thread thread = new Thread(() -> perform(made[0], effect), name);
        thread.setDaemon(true);
        Strand strand = new Strand(name, thread, idle);
        made[0] = strand;
        strands.add(strand);
        Strand me = turn;
        me.chosen = false;
        synchronized (this) {
            park(me);
            run.resume(idle);
            turn = strand;
            strand.begin();
            awaitTurn(me);
        }
    }

    private void perform(Strand strand, Runnable effect) {
        try {
            effect.run();
        } catch (Throwable failure) {
            strand.failure = failure;
        }
        comeBack(strand);
        synchronized (this) {
            strand.done = true;
            awaitStuck();
            Strand next = next();
            turn = next != null ? next : anyUnfinished();
            notifyAll();
        }
    }

    /** Hands the turn on, and waits until it comes back. */
    synchronized void handTo(Strand strand) {
        Strand me = turn;
        park(me);
        turn = strand;
        awaitTurn(me);
    }

    private void park(Strand me) {
        me.parked = true;
        me.parkedAt = ++clock;
        me.work = run.work();
    }

    private void comeBack(Strand me) {
        me.returning = true;
        waitFor(me);
    }

    private synchronized void waitFor(Strand me) {
        me.returning = false;
        if (turn != me) {
            me.stuck = false;
            me.parked = true;
            awaitTurn(me);
        }
        me.stuck = false;
    }

    /** Waits for the turn, and takes it from a holder who cannot move. */
    private synchronized void awaitTurn(Strand me) {
        notifyAll();
        while (turn != me) {
            Strand holder = turn;
            pause();
            if (turn == holder && holder != me && isWatching(me) && holder.cannotMove(strands)) {
                holder.stuck = true;
                holder.work = run.work();
                tell(holder, life -> new Event.Waiting(life.service()));
                awaitDeadlockCheck(holder);
                turn = me;
                notifyAll();
            }
        }
        me.parked = false;
        run.resume(me.work);
        tell(me, life -> new Event.Resumed(life.service(), me.work.cause().title()));
    }

    /** Who was not the first to wait looks for a deadlock; that must be over when the next one moves, or either may be its victim. */
    private void awaitDeadlockCheck(Strand last) {
        if (strands.stream().anyMatch(strand -> strand.stuck && strand != last)) {
            LockSupport.parkNanos(PAST_DEADLOCK_CHECK_NANOS);
        }
    }

    /** Notes something about what a life does; the body of the test is told by what it does itself. */
    private void tell(Strand strand, Function<Life, Event> event) {
        Life life = strand.work.life();
        if (life != null) {
            run.history().add(event.apply(life));
        }
    }

    private boolean isWatching(Strand me) {
        return next() == me;
    }

    /** Waits until each strand that was stuck has either come back or is seen to be stuck still. */
    synchronized void awaitStuck() {
        for (Strand strand : strands) {
            while (strand.stuck && !strand.remainsStuck(strands)) {
                pause();
            }
        }
    }

    /** The strand that goes on if nobody says otherwise: the one put aside last. */
    synchronized @Nullable Strand next() {
        Strand next = null;
        for (Strand strand : strands) {
            if (strand.canGoOn() && (next == null || strand.parkedAt > next.parkedAt)) {
                next = strand;
            }
        }
        return next;
    }

    private Strand anyUnfinished() {
        for (Strand strand : strands) {
            if (!strand.done) {
                return strand;
            }
        }
        return first;
    }

    synchronized boolean othersAreDone() {
        return strands.stream().allMatch(strand -> strand == first || strand.done);
    }

    synchronized List<String> unfinished() {
        return strands.stream()
                .filter(strand -> strand != first && !strand.done)
                .map(strand -> strand.work.cause().title())
                .toList();
    }

    private void pause() {
        try {
            wait(POLL_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "The test was interrupted while several things happened at once.", interrupted);
        }
    }
}
