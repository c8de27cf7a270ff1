package io.github.atleastonce.hosted;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.run.Crash;
import io.github.atleastonce.run.CurrentWork;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.ServiceFailedException;
import io.github.atleastonce.run.Work;
import io.github.atleastonce.run.Works;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.task.Loan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Threads that a hosted application has of its own, and that take part in a run as tasks: each is suspended when it comes, until the
 * run's own thread, which waits for them in {@code settle()}, resumes them one by one. A resumed task is the one that runs; its
 * steps are named by its cause, and it may die at them.
 *
 * <p>Which comes first is not left to chance: while some of those that are expected have not come none is resumed, for a while; then
 * names decide. Safe for use by several threads.
 */
@API(status = API.Status.INTERNAL)
public final class HostedTasks {

    private static final long POLL_MILLIS = 20;
    private static final long LOOK_MILLIS = 5;

    private final Bounds bounds;
    private final CurrentWork current;
    private final Works works;
    private final FollowedTasks followed;
    private final List<HostedTask> suspended = new ArrayList<>(0);
    private List<HostedTask> beside = List.of();
    private final Map<Thread, HostedTask> resumed = new ConcurrentHashMap<>(2);
    private final TaskOwners owners;
    private final ConcurrentTasks concurrent;
    private boolean open;
    private boolean over;
    private @Nullable Crash death;
    private @Nullable ServiceFailedException stuck;
    private final Absence absence;
    private final OutageClock clock;

    private HostedTasks(Run run) {
        this.bounds = run.bounds();
        this.absence = new Absence(bounds);
        this.clock = OutageClock.of(run);
        this.current = run.current();
        this.works = run.works();
        this.owners = new TaskOwners(() -> run.services().hosted());
        this.followed = FollowedTasks.of(run);
        this.concurrent = new ConcurrentTasks(run, this);
    }

    /**
     * Returns the tasks of a run.
     *
     * @param run the run
     * @return the same for each call
     */
    public static HostedTasks of(Run run) {
        return run.belonging(HostedTasks.class, HostedTasks::joining);
    }

    private static HostedTasks joining(Run run) {
        HostedTasks tasks = new HostedTasks(run);
        run.join(new HostedEnds(tasks));
        return tasks;
    }

    /** Says that somebody resumes tasks: else threads pass by, and are no part of the run. For transports. */
    public synchronized void open() {
        open = true;
    }

    /**
     * Names an owner whose threads come for whatever is delivered to it.
     *
     * @param owner the owner
     */
    public synchronized void register(TaskOwner owner) {
        owners.add(owner);
    }

    /**
     * {@return whether the threads of an owner take part}
     *
     * @param name the owner's name
     */
    public synchronized boolean areOf(String name) {
        return owners.has(name);
    }

    /** {@return the names of all owners that were registered, whose threads may come} */
    public synchronized Set<String> owners() {
        return owners.names();
    }

    /**
     * Suspends the calling thread until the run resumes it.
     *
     * @param owner whose thread this is
     * @param place what it comes for; decides which goes first among the threads of one owner
     * @param what gives what it is going to do, if somebody wants to know before it is resumed
     * @return the task, or empty if the run is over or resumes none, so that this is no part of it
     * @throws Crash if the life that the thread belongs to has died
     */
    public synchronized Optional<HostedTask> suspend(TaskOwner owner, String place, Supplier<Cause> what) {
        if (!open || over) {
            return Optional.empty();
        }
        Optional<Crash> own = owner.life().flatMap(Lifetime::death);
        Crash dead = own.orElse(death);
        if (own.isPresent()
                || dead != null && (owner.isCut() || owners.lifeOf(owner).isDead())) {
            owner.cut();
            throw dead;
        }
        HostedTask task = new HostedTask(this, owner, place, what);
        suspended.add(task);
        notifyAll();
        while (suspended.contains(task) && !over) {
            pause(POLL_MILLIS);
        }
        if (task.end != null) {
            throw task.end;
        }
        return task.life == null ? Optional.empty() : Optional.of(task);
    }

    /**
     * Lets the threads of an owner go that are suspended, without resuming them: they are to see for themselves what has changed.
     *
     * @param owner the owner
     */
    public synchronized void sendAway(TaskOwner owner) {
        suspended.removeIf(task -> task.owner() == owner);
        notifyAll();
    }

    /** {@return the task of the calling thread, from when it was resumed until it has left, even if its life has died} */
    public Optional<HostedTask> here() {
        return Optional.ofNullable(resumed.get(Thread.currentThread()));
    }

    /**
     * Resumes the task that comes first, and waits until it has left or died; then the next life begins. Called by the run's own thread.
     *
     * @param expected for which owners there is something to be done, and at which places
     * @return whether a task was resumed
     * @throws NotSettledException if the task does not leave within {@code settleTimeout}
     * @throws ServiceFailedException if an owner has given up
     */
    public boolean resumeNext(Map<String, Set<String>> expected) {
        if (followed.advance()) {
            return true;
        }
        Work outer = current.work();
        HostedTask resumed;
        try {
            resumed = resume(expected);
        } finally {
            current.resume(outer);
        }
        if (resumed != null) {
            works.conclude(owners.lifeOf(resumed.owner()));
        }
        return resumed != null;
    }

    /**
     * Takes note that an owner does not get on whatever comes: the run fails with this. Then the calling thread waits for its end.
     *
     * @param owner whose thread this is
     * @param place what it came for
     * @param failure what is wrong
     */
    public void giveUp(TaskOwner owner, String place, ServiceFailedException failure) {
        synchronized (this) {
            stuck = failure;
        }
        suspend(owner, place, () -> Cause.partOf(owner.name(), place));
    }

    private @Nullable HostedTask resume(Map<String, Set<String>> expected) {
        HostedTask first = first(expected);
        if (first == null) {
            return null;
        }
        Work outer = current.work();
        let(first);
        if (current.tasks().areSeveral()) {
            // It has died, and what began beside it has not ended.
            current.tasks().awaitSwitch();
            works.leave(outer);
        }
        return first;
    }

    private synchronized @Nullable HostedTask first(Map<String, Set<String>> expected) {
        if (stuck != null) {
            throw stuck;
        }
        if (suspended.isEmpty() || lacks(expected)) {
            return null;
        }
        suspended.sort(Comparator.comparing(HostedTask::order));
        HostedTask first = suspended.get(0);
        beside = suspended.stream()
                .filter(task -> task != first && !first.comesForAll(task))
                .toList();
        return first;
    }

    /** {@return who may begin beside the one that is at work; the same for each call} */
    public ConcurrentTasks concurrent() {
        return concurrent;
    }

    /** Returns those that had come when the one at work was resumed, so that chance does not decide who may begin beside it. */
    synchronized List<HostedTask> beside() {
        return resumed.isEmpty()
                ? List.of()
                : beside.stream().filter(suspended::contains).toList();
    }

    /** Returns the owners whose thread for a place has nothing to do. */
    synchronized List<TaskOwner> idle(String place) {
        return owners.that(owner -> owner.comesFor(place)
                && Stream.concat(suspended.stream(), resumed.values().stream())
                        .noneMatch(task -> task.owner() == owner && owner.comesForBoth(task.place(), place)));
    }

    /** Waits until a thread has come for what was delivered to its owner; null if its life has died. */
    synchronized @Nullable HostedTask await(String owner, String place) {
        long since = clock.nanoTime();
        while (!over && owners.isAlive(owner)) {
            for (HostedTask task : suspended) {
                if (task.isFor(owner, place)) {
                    return task;
                }
            }
            pauseFor("a listener of " + owner + " " + place + ", which does not come", since);
        }
        return null;
    }

    /** Lets a task go on in place of the calling thread, which waits until it has ended; does nothing if the task has been cut off. */
    synchronized void let(HostedTask task) {
        if (!suspended.remove(task)) {
            return;
        }
        task.life = owners.lifeOf(task.owner());
        resumed.put(task.thread(), task);
        Loan<Work> loan = current.tasks().lendTo(task.thread());
        notifyAll();
        try {
            awaitEnd(task);
            awaitLeft(task);
        } finally {
            task.ended = true;
            current.tasks().takeBack(loan);
        }
    }

    private void awaitEnd(HostedTask task) {
        long since = clock.nanoTime();
        while (!task.ended) {
            pauseFor("a listener of " + task.order() + ", which does not come to an end", since);
        }
    }

    /** Waits a little for somebody, in all no longer than {@code settleTimeout}. */
    private void pauseFor(String whom, long since) {
        pause(POLL_MILLIS);
        if (clock.nanoTime() - since > bounds.settleTimeout().toNanos()) {
            throw new NotSettledException(Bound.SETTLE_TIMEOUT.in(bounds), List.of(whom));
        }
    }

    /** A thread whose life has died in another task's step finds out when it is switched to, and that takes the turn of its task. */
    private void awaitLeft(HostedTask task) {
        long deadline = System.nanoTime() + bounds.stopTimeout().toNanos();
        while (!task.left && current.tasks().areSeveral() && System.nanoTime() < deadline) {
            pause(POLL_MILLIS);
        }
    }

    /**
     * Says whether a thread is still to come, and worth waiting for: then nobody else moves. Waits a moment for it.
     *
     * @param expected for which owners there is something to be done, and at which places
     * @return whether one is missing, and not for longer than {@code arrivalTimeout}
     */
    public synchronized boolean awaits(Map<String, Set<String>> expected) {
        boolean lacks = lacks(expected);
        if (lacks) {
            pause(LOOK_MILLIS); // Nobody tells if it is done with otherwise.
        }
        return lacks || !suspended.isEmpty();
    }

    /** Says whether a thread is still to come, and worth waiting for. */
    private boolean lacks(Map<String, Set<String>> expected) {
        Set<String> missing = new TreeSet<>();
        expected.forEach((owner, places) -> places.forEach(place -> {
            if (areOf(owner) && suspended.stream().noneMatch(task -> task.isFor(owner, place))) {
                missing.add(owner + " " + place);
            }
        }));
        return absence.isWorthWaitingFor(missing);
    }

    /** {@return how many threads wait to be resumed, and how much work that was handed over to others} */
    public synchronized int waiting() {
        return suspended.size() + followed.waiting();
    }

    /**
     * Cuts off all tasks with the life that they belong to, the suspended ones too.
     *
     * @param life the life that has died
     * @param crash what it has died of
     */
    public synchronized void cutAll(Lifetime life, Crash crash) {
        if (life.isHosted()) {
            death = crash;
        } else {
            owners.forget(life);
        }
        resumed.values().stream()
                .filter(task -> !task.ended && task.life == life)
                .forEach(task -> cut(task, crash));
        List<HostedTask> waiting = suspended.stream()
                .filter(task -> owners.lifeOf(task.owner()) == life)
                .toList();
        suspended.removeAll(waiting);
        waiting.forEach(task -> cut(task, crash));
    }

    /** Lets all threads pass by that are suspended. */
    synchronized void passAll() {
        over = true;
        suspended.clear();
        current.tasks().end();
        notifyAll();
    }

    Work begin(HostedTask task, Cause why) {
        return works.enter(task.life(), why);
    }

    void leave(HostedTask task, @Nullable Work outer) {
        resumed.remove(task.thread(), task);
        if (outer != null && !hasEnded(task)) {
            // What began beside it may end only now, and ends with this monitor.
            works.leave(outer);
        }
        synchronized (this) {
            task.left = true;
            task.ended = true;
            notifyAll();
        }
    }

    private synchronized boolean hasEnded(HostedTask task) {
        return task.ended;
    }

    private void cut(HostedTask task, Crash crash) {
        task.end = crash;
        task.ended = true;
        notifyAll();
        task.owner().cut();
    }

    private void pause(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a listener took part in a run.", interrupted);
        }
    }
}
