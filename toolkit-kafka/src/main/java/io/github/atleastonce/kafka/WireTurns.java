package io.github.atleastonce.kafka;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.kafka.proxy.Append;
import io.github.atleastonce.kafka.proxy.AppendVerdict;
import io.github.atleastonce.kafka.proxy.Commit;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.kafka.proxy.Verdict;
import io.github.atleastonce.kafka.proxy.Watch;
import io.github.atleastonce.process.Attendant;
import io.github.atleastonce.process.OuterLives;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.task.Action;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The services behind the proxy, which work on threads of their own: one group is given the records of one partition at a time, until it has
 * committed all of them, so that what happens has an order. What it sends and commits meanwhile waits at the proxy for the run's own thread, which
 * asks the schedule. A group that takes its time, since it may wait for another one, does not keep the others waiting for ever.
 *
 * <p>What happens while the body of the test is at work is no place for a fault.
 */
final class WireTurns implements Watch, Attendant {

    private static final long PAUSE_MILLIS = 5;

    private final Run run;
    private final RunRecords records;
    private final WirePoints points;
    private final WireQuestions questions;
    private final WireLives lives;
    private final FaultProxy proxy;
    private final Attendance attendance;
    private final WireRequests waiting = new WireRequests();
    private final PresentTurn turn;
    private final WireOrder order;
    private final WireLimits limits;
    private final UntoldCommits untold = new UntoldCommits();

    /** Who does something by itself, on the thread of the run. */
    private @Nullable Lifetime alone;

    private long moved;

    private WireTurns(
            Run run,
            RunRecords records,
            FaultProxy proxy,
            Attendance attendance,
            Function<String, Set<String>> members) {
        this.run = run;
        this.attendance = attendance;
        this.records = records;
        this.proxy = proxy;
        this.points = new WirePoints(run.faults(), proxy.restarting());
        this.lives = WireLives.of(run);
        this.questions = new WireQuestions(run, points, lives);
        this.turn = new PresentTurn(run, records, points);
        this.order = new WireOrder(run, records, group -> proxy.holdsBack(group, members.apply(group)));
        this.limits =
                new WireLimits(records, attendance, turn, order, run.bounds().arrivalTimeout());
    }

    /** Begins to watch a proxy for a run; knows the ids of the members of a group by asking for them. */
    static WireTurns begin(
            Run run,
            RunRecords records,
            FaultProxy proxy,
            Attendance attendance,
            Function<String, Set<String>> members) {
        WireTurns turns = new WireTurns(run, records, proxy, attendance, members);
        proxy.watch(turns);
        OuterLives.of(run).attendedBy(turns);
        return turns;
    }

    /** Attends to what comes by the proxy while something is done, which may be part of something of that kind. */
    boolean attending(BooleanSupplier work) {
        boolean already = attend();
        try {
            return work.getAsBoolean();
        } finally {
            if (!already) {
                leaveAlone();
            }
        }
    }

    /** Leaves what comes by the proxy alone while a listener of the application is at work, which the run's own thread waits for. */
    boolean besides(BooleanSupplier listener) {
        attendance.listens(true);
        leaveAlone();
        try {
            return listener.getAsBoolean();
        } finally {
            attendance.listens(false);
            attend();
        }
    }

    /** Begins to attend to what comes by the proxy; says whether it did so already. */
    private boolean attend() {
        synchronized (this) {
            if (attendance.isHere()) {
                return true;
            }
            attendance.comes();
        }
        OuterLives.of(run).awaitPolls();
        synchronized (this) {
            attendance.begins();
        }
        return false;
    }

    /** Leaves what comes by the proxy alone: the run's own thread has something else to do, and may itself wait for the broker. */
    private synchronized void leaveAlone() {
        attendance.leaves();
        waiting.letGo();
        notifyAll();
    }

    /** Ends with the run: everybody goes on by himself. */
    void end() {
        proxy.watch(null);
        synchronized (this) {
            attendance.ends();
            leaveAlone();
        }
    }

    /** Decides about what waits, and waits a little for more if nothing does. Called by the run's own thread. */
    synchronized boolean decide() {
        if ((turn.get() != null || alone != null) && waiting.isEmpty()) {
            pause();
        }
        return waiting.decide(this::decide, this::news);
    }

    private Verdict decide(WireRequest request) {
        WireTurn present = turn.get();
        Lifetime acting = alone;
        Verdict unasked = request.unasked();
        if (unasked != Verdict.PASS) {
            return unasked;
        }
        if (acting != null) {
            return request.ask(acting.service(), run.current().cause());
        }
        return present == null ? request.pass() : request.ask(present.group(), turn.cause(present));
    }

    @Override
    public void attend(Lifetime life, Runnable begin, BooleanSupplier over) {
        attending(() -> {
            actsAlone(life);
            try {
                awaitEnd(life, begin, over);
            } finally {
                actsAlone(null);
            }
            return true;
        });
    }

    private synchronized void actsAlone(@Nullable Lifetime life) {
        alone = life;
    }

    private void awaitEnd(Lifetime life, Runnable begin, BooleanSupplier over) {
        long since = System.nanoTime();
        begin.run();
        while (!life.isDead() && !over.getAsBoolean()) {
            if (decide()) {
                since = System.nanoTime();
            } else if (System.nanoTime() - since > run.bounds().settleTimeout().toNanos()) {
                String title = run.current().cause().title();
                throw new NotSettledException(Bound.SETTLE_TIMEOUT.in(run.bounds()), List.of(title));
            }
        }
    }

    @Override
    public synchronized void started() {
        attendance.waits();
    }

    @Override
    public synchronized boolean isThere() {
        return attendance.isExpected(run.bounds().arrivalTimeout());
    }

    /** Performs something of a life, which may die in it: then it has the turn no more. */
    private Verdict perform(Lifetime life, Cause why, Action work) {
        if (lives.perform(life, why, work)) {
            return Verdict.PASS;
        }
        untold.forgetDead(lives);
        turn.lose();
        return Verdict.CUT;
    }

    /** Leaves out what is held back. */
    synchronized GroupProgress.Progress visible(GroupProgress.Progress progress) {
        return order.visible(progress);
    }

    /** Leaves out whoever is given nothing at present: his thread cannot come, and waiting for it would keep the others. */
    synchronized GroupProgress.Progress expected(GroupProgress.Progress progress) {
        return progress.without(turn -> !turn.equals(this.turn.get()));
    }

    /** Lets a group go on, or gives another one the turn, as far as they lack records. */
    synchronized void give(GroupProgress.Progress progress) {
        WireTurn present = turn.get();
        boolean lacks = present != null && WireTurn.of(progress).contains(present);
        if ((lacks || present != null && !untold.isEmpty()) && isMoving()) {
            return;
        }
        moved = System.nanoTime();
        if (present != null && lacks && order.holding()) {
            order.releaseEarly("group '" + present.group() + "'");
            return;
        }
        WireTurn next = order.next(progress, present);
        if (next == null) {
            order.remarkOnOthers(progress);
        }
        turn.begin(next, progress);
        notifyAll();
    }

    synchronized boolean holding() {
        return order.holding();
    }

    /** Lets go of what was held back first. */
    synchronized void release() {
        order.release();
    }

    /** Names what is held back. */
    synchronized List<String> held() {
        return order.held();
    }

    private boolean isMoving() {
        return System.nanoTime() - moved < run.bounds().arrivalTimeout().toNanos();
    }

    /** Names the processes that are about to be told that they have committed: a step that the run does not know yet. */
    synchronized List<String> midway() {
        return isMoving() ? untold.words() : List.of();
    }

    /** What a transaction appends takes effect with the transaction, and comes in no certain order. */
    @Override
    public AppendVerdict appending(List<Append> batches) {
        Append[] hit = {batches.get(0)};
        BooleanSupplier gone = () -> lives.isDead(batches.get(0).door());
        Verdict verdict = Verdict.PASS;
        if (attendance.isAwayForListener()) {
            questions.sparingListeners();
        }
        if (batches.stream().noneMatch(Append::transactional)) {
            verdict = ask(new WireRequest(
                    gone, (group, why) -> questions.append(group, why, batches, batch -> hit[0] = batch)));
        } else if (points.wantsAppends()) {
            verdict = ask(new WireRequest(gone, (group, why) -> questions.sparing(group, batches)));
        }
        return new AppendVerdict(verdict, hit[0]);
    }

    @Override
    public boolean appended(Append batch, long offset) {
        records.appended(
                new TopicPartition(batch.topic(), batch.partition()), offset, batch.records(), batch.transactional());
        news();
        Lifetime life = lives.at(batch.door());
        return life == null || batch.transactional() || stepped(life, true, () -> new Step.Send(batch.topic()));
    }

    /** What a process does otherwise than for the record that it was given has no order in which it could be done again. */
    @Override
    public boolean stepped(Lifetime life, boolean effect, Supplier<Step> step) {
        return ask(new WireRequest(
                        life::isDead,
                        (group, why) -> {
                            if (alone == null ? !lives.isOf(group, life) : alone != life) {
                                questions.sparing(life, "while another service has its turn meets no fault");
                                return Verdict.PASS;
                            }
                            return perform(life, why, () -> run.steps().done(life, step.get()));
                        },
                        () -> {
                            if (effect) {
                                questions.sparingWhatIsDoneAlone(life);
                            }
                        }))
                != Verdict.CUT;
    }

    @Override
    public Verdict committing(Commit commit) {
        if (!advances(commit)) {
            return Verdict.PASS;
        }
        Verdict verdict = ask(new WireRequest(
                () -> lives.isDead(commit.door()), (group, why) -> questions.commit(group, why, commit)));
        if (verdict == Verdict.LOSE_ANSWER || verdict != Verdict.CUT && lives.at(commit.door()) != null) {
            synchronized (this) {
                untold.add(commit);
            }
        }
        return verdict;
    }

    private synchronized boolean advances(Commit commit) {
        return turn.advances(commit);
    }

    @Override
    public boolean committed(Commit commit, boolean done) {
        Lifetime life = lives.at(commit.door());
        boolean step = done && life != null && advances(commit);
        synchronized (this) {
            if (done) {
                turn.committed(commit);
            }
            news();
        }
        boolean alive = life == null
                || (step ? stepped(life, true, () -> new Step.Acknowledge("commit offsets")) : !life.isDead());
        synchronized (this) {
            untold.remove(commit);
        }
        return alive;
    }

    @Override
    public synchronized long givesBefore(String group, TopicPartition partition, long ended) {
        return limits.givesBefore(new WireTurn(group, partition), ended);
    }

    /** Once for each turn: what comes after the first records comes to a member that is at work already. */
    @Override
    public Verdict delivering(String door, String group, TopicPartition partition) {
        Lifetime life = lives.at(door);
        synchronized (this) {
            lives.saw(group, door);
            if (!turn.isFirstGiven(new WireTurn(group, partition))) {
                return Verdict.PASS;
            }
        }
        return ask(new WireRequest(() -> lives.isDead(door), (any, why) -> {
            Verdict verdict = life == null
                    ? Verdict.PASS
                    : perform(life, why, () -> run.steps().mayDieBefore(life));
            return verdict == Verdict.PASS ? points.delivery(why) : verdict;
        }));
    }

    @Override
    public synchronized void awaitChange() {
        pause();
    }

    private synchronized Verdict ask(WireRequest request) {
        if (!attendance.isHere()) {
            return request.unasked();
        }
        notifyAll();
        return waiting.await(request, this::pause);
    }

    private synchronized void news() {
        moved = System.nanoTime();
        notifyAll();
    }

    private void pause() {
        try {
            wait(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a client of Kafka took part in a run.", interrupted);
        }
    }
}
