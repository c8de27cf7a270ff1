package io.github.atleastonce.kafka;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.kafka.proxy.Append;
import io.github.atleastonce.kafka.proxy.Commit;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import io.github.atleastonce.kafka.proxy.Verdict;
import io.github.atleastonce.kafka.proxy.Watch;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Run;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The services behind the proxy, which work on threads of their own: one group is given the records of one partition at a time, until it has
 * committed all of them, so that what happens has an order. What it sends and commits meanwhile waits at the proxy for the run's own thread, which
 * asks the schedule. A group that takes its time, since it may wait for another one, does not keep the others waiting for ever.
 *
 * <p>What happens while the body of the test is at work is no place for a fault.
 */
final class WireTurns implements Watch {

    private static final long PAUSE_MILLIS = 5;

    private final Run run;
    private final RunRecords records;
    private final WirePoints points;
    private final FaultProxy proxy;
    private final Deque<Request> waiting = new ArrayDeque<>();
    private final Map<Turn, Long> committed = new HashMap<>();
    private @Nullable Turn turn;
    private @Nullable Cause cause;
    private boolean delivered;
    private long told;
    private long end;
    private long moved;
    private boolean attending;
    private long leftAlone;
    private boolean over;

    /** Who may read what. */
    private record Turn(String group, TopicPartition partition) {}

    /** What waits for the schedule. */
    private static final class Request {

        private final BiFunction<Turn, Cause, Verdict> question;
        private @Nullable Verdict verdict;

        Request(BiFunction<Turn, Cause, Verdict> question) {
            this.question = question;
        }
    }

    private WireTurns(Run run, RunRecords records, FaultProxy proxy) {
        this.run = run;
        this.records = records;
        this.proxy = proxy;
        this.points = new WirePoints(run.faults());
        this.leftAlone = System.nanoTime();
    }

    /** Begins to watch a proxy for a run. */
    static WireTurns begin(Run run, RunRecords records, FaultProxy proxy) {
        WireTurns turns = new WireTurns(run, records, proxy);
        proxy.watch(turns);
        return turns;
    }

    /** Begins to attend to what comes by the proxy. */
    synchronized void attend() {
        attending = true;
    }

    /** Leaves what comes by the proxy alone: the run's own thread has something else to do, and may itself wait for the broker. */
    synchronized void leaveAlone() {
        attending = false;
        leftAlone = System.nanoTime();
        waiting.forEach(request -> request.verdict = Verdict.PASS);
        waiting.clear();
        notifyAll();
    }

    /** Ends with the run: everybody goes on by himself. */
    void end() {
        proxy.watch(null);
        synchronized (this) {
            over = true;
            leaveAlone();
        }
    }

    /** Decides about what waits, and waits a little for more if nothing does. Called by the run's own thread. */
    synchronized boolean decide() {
        if (turn != null && waiting.isEmpty()) {
            pause();
        }
        boolean any = !waiting.isEmpty();
        for (Request next = waiting.poll(); next != null; next = waiting.poll()) {
            Verdict verdict = Verdict.PASS;
            try {
                verdict = decide(next);
            } finally {
                next.verdict = verdict;
                moved = System.nanoTime();
                notifyAll();
            }
        }
        return any;
    }

    private Verdict decide(Request request) {
        Turn present = turn;
        if (present == null) {
            return Verdict.PASS;
        }
        return request.question.apply(present, begun(present));
    }

    /** In a batch of several records each may be hit; what happens to one happens to all. */
    private Verdict append(Turn present, Cause why, List<Append> batches) {
        Verdict verdict = Verdict.PASS;
        for (Append batch : batches) {
            for (int i = 0; i < batch.records(); i++) {
                run.history().add(new Event.Stepped(present.group(), new Step.Send(batch.topic())));
                if (verdict == Verdict.PASS) {
                    verdict = points.append(why, batch.topic());
                }
            }
        }
        return verdict;
    }

    private Verdict commit(Turn present, Cause why) {
        Verdict verdict = points.commit(why);
        if (verdict == Verdict.PASS) {
            run.history().add(new Event.Stepped(present.group(), Step.named("commit offsets")));
        }
        return verdict;
    }

    /** Returns why a group does what it does now: it was given the record after the last one that it has committed, if there is one. */
    private Cause begun(Turn present) {
        long position = committed.getOrDefault(present, 0L);
        Cause why = cause;
        if (why == null || position != told && position < end) {
            StoredMessage first = records.at(present.partition(), position);
            why = points.cause(present.group(), first);
            told = position;
            cause = why;
            run.history().add(new WireEvent(present.group(), first));
        }
        return why;
    }

    /** Lets a group go on, or gives another one the turn, as far as they lack records. */
    synchronized void give(GroupProgress.Progress progress) {
        List<Turn> all = new ArrayList<>();
        progress.lacking()
                .forEach((group, partitions) -> partitions.stream()
                        .sorted(Comparator.comparing(TopicPartition::toString))
                        .forEach(partition -> all.add(new Turn(group, partition))));
        Turn present = turn;
        boolean busy = present != null && all.contains(present);
        if (busy && System.nanoTime() - moved < run.bounds().arrivalTimeout().toNanos()) {
            return;
        }
        Turn next = all.isEmpty() ? null : all.get(busy ? (all.indexOf(present) + 1) % all.size() : 0);
        turn = next;
        cause = null;
        delivered = false;
        moved = System.nanoTime();
        if (next != null) {
            end = progress.ends().getOrDefault(next.partition(), 0L);
            long position =
                    progress.committed().getOrDefault(next.group(), Map.of()).getOrDefault(next.partition(), 0L);
            committed.merge(next, position, Math::max);
            begun(next);
        }
        notifyAll();
    }

    /** What a transaction appends takes effect with the transaction, and comes in no certain order. */
    @Override
    public Verdict appending(List<Append> batches) {
        if (batches.stream().anyMatch(Append::transactional)) {
            return Verdict.PASS;
        }
        return ask(new Request((present, why) -> append(present, why, batches)));
    }

    @Override
    public void appended(Append batch, long offset) {
        records.appended(new TopicPartition(batch.topic(), batch.partition()), offset, batch.records());
        news();
    }

    @Override
    public Verdict committing(Commit commit) {
        return advances(commit) ? ask(new Request(this::commit)) : Verdict.PASS;
    }

    /** A commit that says nothing new is none to be lost. */
    private synchronized boolean advances(Commit commit) {
        Turn present = turn;
        if (present == null || !present.group().equals(commit.group())) {
            return false;
        }
        Long offset = commit.offsets().get(present.partition());
        return offset != null && offset > committed.getOrDefault(present, 0L);
    }

    @Override
    public synchronized void committed(Commit commit, boolean done) {
        Turn present = turn;
        if (done && present != null && present.group().equals(commit.group())) {
            Long offset = commit.offsets().get(present.partition());
            committed.merge(present, offset == null ? 0L : offset, Math::max);
        }
        news();
    }

    /** While nobody attends, records wait; but whoever leaves them alone for long has something else in mind, such as to wait for a service itself. */
    @Override
    public synchronized boolean delivers(String group, TopicPartition partition) {
        if (over || !records.isOfRun(partition)) {
            return true;
        }
        if (attending) {
            return new Turn(group, partition).equals(turn) && cause != null;
        }
        return System.nanoTime() - leftAlone > run.bounds().arrivalTimeout().toNanos();
    }

    /** Once for each turn: what comes after the first records comes to a member that is at work already. */
    @Override
    public Verdict delivering(String group, TopicPartition partition) {
        synchronized (this) {
            if (delivered || !new Turn(group, partition).equals(turn)) {
                return Verdict.PASS;
            }
            delivered = true;
        }
        return ask(new Request((present, why) -> points.delivery(why)));
    }

    @Override
    public synchronized void awaitChange() {
        pause();
    }

    private synchronized Verdict ask(Request request) {
        if (!attending || over) {
            return Verdict.PASS;
        }
        waiting.add(request);
        notifyAll();
        while (request.verdict == null) {
            pause();
        }
        return request.verdict;
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
