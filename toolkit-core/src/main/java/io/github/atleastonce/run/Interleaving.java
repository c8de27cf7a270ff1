package io.github.atleastonce.run;

import io.github.atleastonce.schedule.ChoicePoint;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets several things happen at once, one of them moving at a time: the turn is handed on only after an I/O step, when the
 * schedule says so, or when its holder has to wait for what another one holds. Each handing on by the schedule is one fault,
 * so few are tried first (the idea of bounding pre-emptions is CHESS's, Musuvathi and Qadeer 2007).
 *
 * <p>Whoever is parked watches the holder of the turn; the first strand is the thread of the test.
 */
final class Interleaving {

    /** How many things happen at once at the most. */
    private static final int MOST = 3;

    private static final long POLL_MILLIS = 1;
    /** The server looks for a deadlock once, soon after a wait begins; past that moment the last to wait is its victim. */
    private static final long PAST_DEADLOCK_CHECK_NANOS = 10_000_000;

    private final Run run;
    private final Run.Work idle;
    private final Strand first;
    private final List<Strand> strands = new CopyOnWriteArrayList<>();
    private volatile Strand turn;
    private long clock;
    /** The first strand has ended and only waits for the others, so there is nothing in which it could go on. */
    private boolean finishing;

    Interleaving(Run run, Run.Work idle) {
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

    /**
     * Comes here before the first step of a cause that began alone: where every interleaving is wanted, another may take the first
     * step. The same thing twice is the same whichever of the two comes first.
     */
    void beginning() {
        if (run.bounds().everyInterleaving() && !isActive() && isMyTurn()) {
            offerTurns(null);
        }
    }

    /** Comes here after each step: lets the schedule hand the turn on. */
    void stepped(String step) {
        comeBack();
        awaitStuck();
        offerTurns(step);
    }

    private void offerTurns(@Nullable String step) {
        turn.chosen = false;
        while (run.offersTurns()) {
            List<Activity.Late> offers = offers(step);
            if (offers.isEmpty()) {
                return;
            }
            int choice = run.choose(new TurnPoint(
                    run.cause(),
                    step,
                    offers.stream().map(Activity.Late::option).toList()));
            if (choice == 0) {
                return;
            }
            offers.get(choice - 1).effect().run();
            awaitStuck();
        }
    }

    /** Lets everything that began beside the first strand come to its end. */
    void finish() {
        if (!isActive() || !isFirst()) {
            return;
        }
        finishing = true;
        try {
            finishOthers();
        } finally {
            finishing = false;
        }
        List<Strand> ended = List.copyOf(strands);
        strands.removeIf(strand -> strand != first);
        ended.forEach(Interleaving::rethrow);
    }

    private void finishOthers() {
        long bound = run.bounds().settleTimeout().toMillis() / POLL_MILLIS;
        for (long polls = 0; !othersAreDone(); polls++) {
            awaitStuck();
            Strand next = next();
            if (next != null) {
                handTo(next);
            } else if (polls > bound) {
                throw new NotSettledException("settleTimeout = " + run.bounds().settleTimeout(), unfinished());
            } else {
                LockSupport.parkNanos(POLL_MILLIS * 1_000_000);
            }
        }
    }

    private List<Activity.Late> offers(@Nullable String step) {
        List<Activity.Late> offers = new ArrayList<>();
        // Whom the schedule gave the turn takes a step with it: to hand it on at once would be what was offered there
        // already.
        if (!turn.chosen) {
            for (Strand strand : strands) {
                if (strand != turn && strand.canGoOn() && !(finishing && strand == first)) {
                    String phrase = strand.work.cause().title() + " goes on meanwhile";
                    offers.add(
                            new Activity.Late(new Option(Fault.CONCURRENT, strand.name, phrase), () -> choose(strand)));
                }
            }
        }
        if (run.offersAtWork(Fault.CONCURRENT)
                && strands.stream().filter(strand -> !strand.done).count() < MOST) {
            List<Activity.Late> begins = new ArrayList<>();
            run.offerConcurrent(begins::add);
            for (Activity.Late late : begins) {
                if (step != null || isAnother(late.option().argument())) {
                    offers.add(new Activity.Late(late.option(), () -> begin(late)));
                }
            }
        }
        return offers;
    }

    private boolean isAnother(String name) {
        return !name.isEmpty() && !name.equals(run.cause().name());
    }

    private void choose(Strand strand) {
        run.turned();
        strand.chosen = true;
        handTo(strand);
    }

    private void begin(Activity.Late late) {
        String argument = late.option().argument();
        String name = argument.isEmpty() ? "again" : argument;
        Strand[] made = new Strand[1];
        Thread thread = new Thread(() -> perform(made[0], late.effect()), name);
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

    private synchronized void handTo(Strand strand) {
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
    private synchronized void awaitStuck() {
        for (Strand strand : strands) {
            while (strand.stuck && !strand.remainsStuck(strands)) {
                pause();
            }
        }
    }

    /** The strand that goes on if nobody says otherwise: the one put aside last. */
    private synchronized @Nullable Strand next() {
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

    private synchronized boolean othersAreDone() {
        return strands.stream().allMatch(strand -> strand == first || strand.done);
    }

    private synchronized List<String> unfinished() {
        return strands.stream()
                .filter(strand -> strand != first && !strand.done)
                .map(strand -> strand.work.cause().title())
                .toList();
    }

    private static void rethrow(Strand strand) {
        if (strand.failure instanceof Crash crash && crash.life().isDead()) {
            return;
        }
        if (strand.failure instanceof Error error) {
            throw error;
        }
        if (strand.failure instanceof RuntimeException failure) {
            throw failure;
        }
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

    private record TurnPoint(Cause cause, @Nullable String step, List<Option> offers) implements ChoicePoint {

        @Override
        public String name() {
            return step == null ? cause.name() : cause.name() + "/" + step;
        }

        @Override
        public int options() {
            return offers.size();
        }

        @Override
        public Option option(int choice) {
            return offers.get(choice - 1);
        }
    }
}
