package io.github.atleastonce.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Threads that a hosted application has of its own, and that take part in a run as its guests: they wait at the door until the
 * run's own thread, which waits for them in {@code settle()}, lets them in one by one. Who is inside has the turn of the
 * run; its steps are named by its cause, and it may die at them.
 *
 * <p>Who comes first is not left to chance: while some of those that are expected have not come nobody is let in, for a while; then
 * names decide. Safe for use by several threads.
 */
public final class Guests {

    private static final long POLL_MILLIS = 20;

    private final Run run;
    private final TurnTaking turns;
    private final List<Visit> door = new ArrayList<>(0);
    private final Map<Thread, Visit> visits = new ConcurrentHashMap<>(2);
    private final Set<String> announced = new HashSet<>(2);
    private boolean open;
    private boolean over;
    private @Nullable Crash death;
    private Set<String> missed = Set.of();
    private long missedSince;

    Guests(Run run, TurnTaking turns) {
        this.run = run;
        this.turns = turns;
    }

    /** The way of one thread through the run, from the door until it leaves. */
    public final class Visit {

        private final GuestHost host;
        private final String place;
        private final Thread thread = Thread.currentThread();
        private @Nullable Life life;
        private Run.@Nullable Work outer;
        private boolean ended;
        private @Nullable Crash end;

        private Visit(GuestHost host, String place) {
            this.host = host;
            this.place = place;
        }

        /**
         * Begins the work of this visit.
         *
         * @param why the cause
         */
        public void begin(Cause why) {
            outer = run.enter(life(), why);
        }

        /**
         * Returns the life for which the work is done.
         *
         * @return the life, dead or alive
         */
        public Life life() {
            Life present = life;
            if (present == null) {
                throw new IllegalStateException("This guest has not been let in.");
            }
            return present;
        }

        /** Gives the turn back. Does nothing if this visit has ended already, by the death of its life for example. */
        public void leave() {
            visits.remove(thread, this);
            synchronized (Guests.this) {
                if (!ended && outer != null) {
                    run.leave(outer);
                }
                end();
            }
        }

        private void cut(Crash crash) {
            end = crash;
            end();
            host.cut();
        }

        private void end() {
            ended = true;
            Guests.this.notifyAll();
        }

        private boolean isFor(String name, String channel) {
            return host.name().equals(name) && host.reads(channel);
        }

        private String order() {
            return host.name() + " " + place;
        }
    }

    /** Says that somebody lets guests in: else they pass by, and are no part of the run. For transports. */
    public synchronized void open() {
        open = true;
    }

    /**
     * Names a host whose threads come for whatever is delivered to it.
     *
     * @param host the host
     */
    public synchronized void announce(GuestHost host) {
        announced.add(host.name());
    }

    /**
     * Says whether the threads of a host come by here.
     *
     * @param name the host's name
     * @return whether it was announced
     */
    public synchronized boolean areFrom(String name) {
        return announced.contains(name);
    }

    /**
     * Names the hosts whose threads may come.
     *
     * @return the names of all that were announced
     */
    public synchronized Set<String> hosts() {
        return Set.copyOf(announced);
    }

    /**
     * Comes to the door, and waits to be let in.
     *
     * @param host whose thread this is
     * @param place what it comes for; decides who goes first among the threads of one host
     * @return the visit, or empty if the run is over or lets nobody in, so that this is no part of it
     * @throws Crash if the life that the thread belongs to has died
     */
    public synchronized Optional<Visit> enter(GuestHost host, String place) {
        if (!open || over) {
            return Optional.empty();
        }
        Crash dead = death;
        if (dead != null && (host.isCut() || run.hosted().life().isDead())) {
            host.cut();
            throw dead;
        }
        Visit visit = new Visit(host, place);
        door.add(visit);
        notifyAll();
        while (door.contains(visit) && !over) {
            pause();
        }
        if (visit.end != null) {
            throw visit.end;
        }
        if (visit.life == null) {
            return Optional.empty();
        }
        return Optional.of(visit);
    }

    /**
     * Returns the visit of the calling thread, from when it was let in until it has left, even if its life has died.
     *
     * @return the visit, or empty if this thread is no guest
     */
    public Optional<Visit> here() {
        return Optional.ofNullable(visits.get(Thread.currentThread()));
    }

    /**
     * Lets in whoever comes first, and waits until it has left or died; then the next life begins. Called by the run's own thread.
     *
     * @param expected for which hosts there is something to be done, and on which channels
     * @return whether somebody was let in
     * @throws NotSettledException if the guest does not leave within {@code settleTimeout}
     */
    public boolean admit(Map<String, Set<String>> expected) {
        Run.Work outer = run.work();
        try {
            if (!letIn(expected)) {
                return false;
            }
        } finally {
            turns.takeBack();
            run.resume(outer);
        }
        run.revive(run.hosted().life());
        run.checkClaims();
        return true;
    }

    private synchronized boolean letIn(Map<String, Set<String>> expected) {
        if (door.isEmpty() || lacks(expected)) {
            return false;
        }
        Visit first = door.stream().min(Comparator.comparing(Visit::order)).orElseThrow();
        door.remove(first);
        first.life = run.hosted().life();
        visits.put(first.thread, first);
        turns.lendTo(first.thread);
        notifyAll();
        long deadline = System.nanoTime() + run.bounds().settleTimeout().toNanos();
        while (!first.ended) {
            pause();
            if (System.nanoTime() > deadline) {
                first.ended = true;
                throw new NotSettledException(
                        "settleTimeout = " + run.bounds().settleTimeout(),
                        List.of("a listener of " + first.order() + ", which does not come to an end"));
            }
        }
        return true;
    }

    /** Says whether somebody is still to come, and worth waiting for. */
    private boolean lacks(Map<String, Set<String>> expected) {
        Set<String> missing = new TreeSet<>();
        expected.forEach((host, channels) -> channels.forEach(channel -> {
            if (announced.contains(host) && door.stream().noneMatch(visit -> visit.isFor(host, channel))) {
                missing.add(host + " " + channel);
            }
        }));
        if (missing.isEmpty()) {
            missed = Set.of();
            return false;
        }
        if (!missing.equals(missed)) {
            missed = missing;
            missedSince = System.nanoTime();
        }
        return System.nanoTime() - missedSince < run.bounds().arrivalTimeout().toNanos();
    }

    synchronized int waiting() {
        return door.size();
    }

    /** Cuts off all guests with the life that they belong to, those at the door too. */
    synchronized void died(Crash crash) {
        death = crash;
        visits.values().stream().filter(visit -> !visit.ended).forEach(visit -> visit.cut(crash));
        List<Visit> waiting = List.copyOf(door);
        door.clear();
        waiting.forEach(visit -> visit.cut(crash));
    }

    /** Lets all who wait pass by. */
    synchronized void close() {
        over = true;
        door.clear();
        notifyAll();
    }

    private void pause() {
        try {
            wait(POLL_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a listener took part in a run.", interrupted);
        }
    }
}
