package io.github.atleastonce.queue;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.hosted.HostedTasks;
import io.github.atleastonce.hosted.TaskOwner;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Offer;
import io.github.atleastonce.schedule.Option;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** The consumers of an application that take part in one run, each on threads of its own. */
final class QueueListeners {

    static final long POLL_NANOS = 1_000_000;

    private final Run run;
    private final Predicate<String> lies;
    private final KeptInHand kept;
    private final HostedTasks tasks;
    private final QueueTransports transports;
    private final List<Reader> all = new CopyOnWriteArrayList<>();
    private final Set<Held> held = new LinkedHashSet<>(1);

    /** A consumer, and what it reads. */
    private record Reader(TaskOwner consumer, String queue) {}

    QueueListeners(Run run, Predicate<String> lies, KeptInHand kept) {
        this.run = run;
        this.lies = lies;
        this.kept = kept;
        this.tasks = HostedTasks.of(run);
        tasks.open();
        this.transports = QueueTransports.of(run);
    }

    void add(TaskOwner consumer, String queue) {
        if (!have(consumer)) {
            all.add(new Reader(consumer, queue));
            tasks.register(consumer);
        }
    }

    boolean have(TaskOwner consumer) {
        return all.stream().anyMatch(reader -> reader.consumer() == consumer);
    }

    /** Takes note of what a thread has received. */
    synchronized void hold(Held received) {
        held.add(received);
    }

    /** Takes note that a thread has nothing more to do with what it has received. */
    synchronized void left(Held received) {
        held.remove(received);
    }

    /** Waits until those that have died have given back what they had: before that nobody knows what comes next. */
    void awaitDead() {
        long deadline = deadline();
        for (List<String> moving = dying(); !moving.isEmpty(); moving = dying()) {
            pauseUntil(deadline, moving);
        }
    }

    private synchronized List<String> dying() {
        return held.stream().filter(Held::isOfADeadLife).map(Object::toString).toList();
    }

    private long deadline() {
        return System.nanoTime() + run.bounds().settleTimeout().toNanos();
    }

    private void pauseUntil(long deadline, List<String> moving) {
        if (System.nanoTime() > deadline) {
            throw new NotSettledException(Bound.SETTLE_TIMEOUT.in(run.bounds()), moving);
        }
        LockSupport.parkNanos(POLL_NANOS);
    }

    /** Says whether one of them reads a queue. */
    boolean read(String queue) {
        return all.stream().anyMatch(reader -> reader.queue().equals(queue));
    }

    /** Says whether something lies in a queue that one of them reads. */
    boolean haveSomethingToRead() {
        return all.stream().anyMatch(reader -> lies.test(reader.queue()));
    }

    /** Lets one of them handle a message, if there is any for them; waits for a thread that has not come for it yet. */
    boolean resumeNext() {
        long deadline = deadline();
        while (true) {
            Map<String, Set<String>> expected = transports.expected();
            if (tasks.resumeNext(expected)) {
                return true;
            }
            if (expected.isEmpty() && transports.expected().isEmpty()) {
                return false;
            }
            pauseUntil(deadline, waiting(expected));
        }
    }

    /** Adds which of them have something to receive. */
    void addExpected(Map<String, Set<String>> expected) {
        for (Reader reader : all) {
            String name = reader.consumer().name();
            if (!kept.isOf(name, reader.queue()) && lies.test(reader.queue())) {
                expected.computeIfAbsent(name, any -> new TreeSet<>()).add(reader.queue());
            }
        }
    }

    private static List<String> waiting(Map<String, Set<String>> expected) {
        List<String> waiting = new ArrayList<>();
        expected.forEach((listener, queues) -> waiting.add("messages in " + queues + ", for " + listener));
        return waiting;
    }

    /** Offers that the acknowledgement of what was just handled is lost. */
    boolean losesAcknowledgement(Cause cause) {
        if (!run.faults().offers(Fault.REDELIVERY)) {
            return false;
        }
        Option lost = new Option(Fault.REDELIVERY, "", () -> cause.title() + " redelivered");
        return run.faults().choose(cause.name(), List.of(new Offer(lost, () -> {})));
    }
}
