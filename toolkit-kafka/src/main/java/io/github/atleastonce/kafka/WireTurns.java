package io.github.atleastonce.kafka;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.hosted.OutageClock;
import io.github.atleastonce.kafka.GroupProgress.Progress;
import io.github.atleastonce.kafka.proxy.Append;
import io.github.atleastonce.kafka.proxy.AppendVerdict;
import io.github.atleastonce.kafka.proxy.Commit;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.kafka.proxy.Verdict;
import io.github.atleastonce.kafka.proxy.Watch;
import io.github.atleastonce.process.OuterLives;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The services behind the proxy, which work on threads of their own: one group is given the records of one partition at a time, until it has committed all of them, so that
 * what happens has an order. What it sends and commits meanwhile waits at the proxy for the run's own thread, which asks the schedule. A group that takes its time, since it
 * may wait for another one, does not keep the others waiting for ever. What happens while the body of the test is at work is no place for a fault.
 */
final class WireTurns implements Watch {

    private static final long PAUSE_MILLIS = 5;

    private final Run run;
    private final RunRecords records;
    private final WirePoints points;
    private final WireQuestions questions;
    private final ApplicationWire application;
    private final WireLives lives;
    private final FreeReaders free;
    private final FaultProxy proxy;
    private final Attendance attendance;
    private final WireRequests waiting = new WireRequests();
    private final PresentTurn turn;
    private final WireOrder order;
    private final WireLimits limits;
    private final UntoldCommits untold = new UntoldCommits();
    private final WireProgress told;
    private final WireNews news;
    private final OuterSteps outer;

    /** Watches a proxy for a run from the beginning on; knows the ids of the members of a group by asking for them. */
    WireTurns(
            Run run,
            RunRecords records,
            FaultProxy proxy,
            Attendance attendance,
            Function<String, Set<String>> members) {
        this.run = run;
        this.attendance = attendance;
        this.records = records;
        this.proxy = proxy;
        this.news = new WireNews(run.bounds().arrivalTimeout());
        this.points = new WirePoints(
                run.faults(),
                proxy.restarting().map(restart -> () -> OutageClock.of(run).standStill(restart)),
                proxy.isBeforeSeveral());
        this.lives = WireLives.of(run);
        this.free = new FreeReaders(run);
        this.questions = new WireQuestions(run, records, points, lives);
        this.application = run.belonging(ApplicationWire.class, any -> new ApplicationWire(run, points));
        this.turn = new PresentTurn(run, records, points);
        this.outer = new OuterSteps(run, lives, turn, untold);
        this.order = new WireOrder(run, records, group -> proxy.holdsBack(group, members.apply(group)));
        this.limits =
                new WireLimits(records, attendance, turn, order, run.bounds().arrivalTimeout(), free::are);
        this.told = new WireProgress(
                records::endOf,
                records::reachBeyond,
                group -> proxy.knows(group, members.apply(group)),
                System::nanoTime);
    }

    WireTurns begin() {
        proxy.watch(this);
        OuterLives.of(run).attendedBy(new WireAttendant(run, this, attendance));
        HeldBack.by(run, this::heldFrom);
        return this;
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
        changed();
    }

    /** Ends with the run: everybody goes on by himself. */
    void end() {
        proxy.watch(null);
        synchronized (this) {
            attendance.ends();
            leaveAlone();
        }
    }

    WireProgress told() {
        return told;
    }

    /** Returns the progress while some group certainly lacks something that it may be given, else nothing: then the broker is to be asked. */
    synchronized @Nullable Progress present() {
        Progress present = told.present(order::visible);
        news.see(present != null);
        return present;
    }

    /** Decides about what waits, and waits a little for more if nothing does and nothing has changed. Called by the run's own thread. */
    synchronized boolean decide() {
        if (waiting.isEmpty() && news.areAwaited(turn.get() != null || outer.alone() != null)) {
            pause();
        }
        news.see();
        return waiting.decide(this::decide, this::news);
    }

    private Verdict decide(WireRequest request) {
        WireTurn present = turn.get();
        Lifetime acting = outer.alone();
        Verdict unasked = request.unasked();
        if (unasked != Verdict.PASS) {
            return unasked;
        }
        if (acting != null) {
            return request.ask(acting.service(), run.current().cause());
        }
        return present == null ? request.pass() : request.ask(present.group(), turn.cause(present));
    }

    /** Tells how often the broker was stopped and started again, which takes time that is nobody's. */
    int outages() {
        return points.outages();
    }

    /** Says who does something by itself, if anybody does. */
    synchronized void actsAlone(@Nullable Lifetime life) {
        outer.actsAlone(life);
    }

    synchronized void started() {
        attendance.waits();
    }

    /** Leaves out what is held back. */
    synchronized Progress visible(Progress progress) {
        return order.visible(progress);
    }

    synchronized Progress expected(Progress progress) {
        return free.expected(progress, turn.get());
    }

    /** Lets a group go on, or gives another the turn, as far as they lack records; says whether one is at work and does not seem to wait itself. */
    synchronized boolean give(Progress all) {
        Progress progress = free.without(all);
        WireTurn present = turn.get();
        boolean lacks = present != null && WireTurn.of(progress).contains(present);
        boolean midway = present != null && !untold.isEmpty() || proxy.awaitsAppend();
        if ((lacks || midway) && news.areRecent()) {
            return midway || !turn.isOfListener(); // A listener waits for the run itself.
        }
        news.moved();
        if (present != null && lacks && order.holding()) {
            order.releaseEarly("group '" + present.group() + "'");
            return false;
        }
        WireTurn next = order.next(progress, present);
        if (next == null) {
            order.remarkOnOthers(progress);
        }
        turn.begin(next, progress);
        changed();
        return next != null && !lacks;
    }

    /** Lets go of what was held back first. */
    synchronized void release() {
        order.release();
    }

    /** Names what is held back. */
    synchronized List<String> held() {
        return order.held();
    }

    /** Names what is under way between clients and the broker: a step that the run does not know yet. */
    synchronized List<String> midway() {
        if (proxy.awaitsAppend()) {
            return List.of("the broker has not answered what a client sends");
        }
        return news.areRecent() ? untold.words() : List.of();
    }

    /** What a transaction appends takes effect with the transaction, and comes in no certain order. */
    @Override
    public AppendVerdict appending(List<Append> batches) {
        AppendVerdict decided = application.appending(batches);
        if (decided != null) {
            return decided;
        }
        Append[] hit = {batches.get(0)};
        WireAsker asker = lives.asker(batches.get(0).door());
        if (attendance.isAwayForListener()) {
            questions.sparingListeners();
        }
        BiFunction<String, Cause, Verdict> question = questions.about(batches, batch -> hit[0] = batch);
        Verdict verdict = question == null ? Verdict.PASS : ask(new WireRequest(asker, question));
        return new AppendVerdict(verdict, hit[0]);
    }

    @Override
    public void copied(TopicPartition partition, long end) {
        records.copied(partition, end);
    }

    @Override
    public boolean appended(Append batch, long offset) {
        records.appended(batch.topicPartition(), offset, batch.records(), batch.transactional());
        if (records.isOfRun(batch.topicPartition())) {
            news();
        }
        Lifetime life = lives.at(batch.door());
        return life == null || batch.transactional() || stepped(life, true, () -> new Step.Send(batch.topic()));
    }

    /** Takes note of a step of a process; says whether it goes on. */
    boolean stepped(Lifetime life, boolean effect, Supplier<Step> step) {
        return ask(questions.step(life, effect, outer::alone, why -> outer.done(life, why, step))) != Verdict.CUT;
    }

    @Override
    public Verdict committing(Commit commit) {
        Verdict decided = application.committing(commit);
        if (decided != Verdict.PASS) {
            return decided;
        }
        if (!advancesInItsTurn(commit)) {
            return Verdict.PASS;
        }
        Verdict verdict =
                ask(new WireRequest(lives.asker(commit.door()), (group, why) -> questions.commit(group, why, commit)));
        if (verdict != Verdict.CUT) {
            goes(commit, verdict == Verdict.LOSE_ANSWER || lives.at(commit.door()) != null);
        }
        return verdict;
    }

    private synchronized void goes(Commit commit, boolean isToBeTold) {
        turn.goes(commit);
        if (isToBeTold) {
            untold.add(commit);
        }
    }

    /** When somebody commits, and how often, is no matter of chance. */
    private synchronized boolean advancesInItsTurn(Commit commit) {
        while (attendance.isHere() && turn.holdsBack(commit)) {
            pause();
        }
        return turn.advances(commit);
    }

    @Override
    public boolean committed(Commit commit, boolean done) {
        Lifetime life = lives.at(commit.door());
        boolean step;
        synchronized (this) {
            step = done && life != null && turn.advances(commit);
            turn.answered(commit, done);
            news.moved(done && told.committed(commit));
            changed();
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

    private synchronized long heldFrom(String group, TopicPartition partition) {
        return order.limit(new WireTurn(group, partition));
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
        return ask(new WireRequest(lives.asker(door), (any, why) -> {
            Verdict verdict = outer.given(life, why);
            return verdict == Verdict.PASS ? points.delivery(why) : verdict;
        }));
    }

    @Override
    public void readAlone(String client, TopicPartition partition) {
        if (records.isOfRun(partition)) {
            questions.passingOver(client, partition.topic());
        }
    }

    @Override
    public synchronized long changes() {
        return news.count();
    }

    @Override
    public synchronized void awaitChange(long seen) {
        if (news.count() == seen) {
            pause();
        }
    }

    private synchronized Verdict ask(WireRequest request) {
        if (!attendance.isHere() || request.isPartOfABoot()) {
            return request.unasked();
        }
        notifyAll();
        return waiting.await(request, this::pause, attendance::isHandling);
    }

    private synchronized void news() {
        news.moved();
        changed();
    }

    private void changed() {
        news.changed();
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
