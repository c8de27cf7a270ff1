package io.github.atleastonce.run;

import io.github.atleastonce.history.Attempt;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.ChoicePoint;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;
import io.github.atleastonce.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a test body under one schedule. Belongs to the thread that created it, and where several things happen at
 * once to the one whose turn it is; refuses choices on any other.
 */
public final class Run {

    /** A piece of I/O. */
    @FunctionalInterface
    public interface Io {

        /**
         * Does the I/O.
         *
         * @return the result
         * @throws Throwable what it throws
         */
        @Nullable
        Object call() throws Throwable;
    }

    private static final Work BODY = new Work(null, Cause.of("body", "the test", "the test"));

    private final Schedule schedule;
    private final Bounds bounds;
    private final Injections injections;
    private final History history = new History();
    private final ScenarioClock clock = new ScenarioClock();
    private final List<Service<?>> services = new ArrayList<>(2);
    private final List<Action> claims = new ArrayList<>(1);
    private final Baseline baseline;
    private final Map<Class<?>, Object> belongings = new HashMap<>(2);
    private final Sends sends = new Sends(this);
    private final TurnTaking turns = new TurnTaking(this, BODY);
    private final Interleaving interleaving = new Interleaving(this, turns);
    private final Quiescence quiescence = new Quiescence(this);
    private @Nullable Activity transport;
    private @Nullable Ports ports;
    private @Nullable Guests guests;
    private Work work = BODY;
    private volatile boolean closed;

    /**
     * What is being done at a moment.
     *
     * @param life the life that does it, or null for the body of the test
     * @param cause why
     */
    public record Work(@Nullable Life life, Cause cause) {}

    /**
     * Creates a run.
     *
     * @param schedule decides what happens
     * @param faults which faults may be offered
     * @param bounds how far
     */
    public Run(Schedule schedule, Set<Fault> faults, Bounds bounds) {
        this(schedule, faults, bounds, Baseline.taken());
    }

    /**
     * Creates a run that is compared with a fault-free one.
     *
     * @param schedule decides what happens
     * @param faults which faults may be offered
     * @param bounds how far
     * @param baseline what the fault-free run came to
     */
    public Run(Schedule schedule, Set<Fault> faults, Bounds bounds, Baseline baseline) {
        this.baseline = baseline;
        this.schedule = schedule;
        this.bounds = bounds;
        this.injections = new Injections(schedule, faults, bounds);
    }

    /**
     * Plugs the transport in that carries this run's messages.
     *
     * @param activity the transport's work
     * @param sides the transport's side of the lives
     */
    public void connect(Activity activity, Ports sides) {
        transport = activity;
        ports = sides;
    }

    /**
     * Says whether a fault was asked for, whether or not it may still be chosen.
     *
     * @param fault the fault
     * @return whether some schedule of this exploration may have it
     */
    public boolean wants(Fault fault) {
        return injections.wants(fault);
    }

    /**
     * Says whether a choice point of this fault is to be built now.
     *
     * @param fault the fault
     * @return whether it was asked for, one may still be chosen, and nothing has paused them
     */
    public boolean offers(Fault fault) {
        return injections.offers(fault);
    }

    /**
     * Says whether a choice point of this fault is to be built for what a service does now. Never for what the test body does
     * by itself, such as reading a table for an assertion: a fault there would be nobody's.
     *
     * @param fault the fault
     * @return whether it is offered, and a service is at work
     */
    public boolean offersAtWork(Fault fault) {
        return work != BODY && offers(fault);
    }

    /** Says whether a service is at work that the turn may be taken from, for something that has begun or begins. */
    boolean offersTurns() {
        return work != BODY && injections.offersTurns();
    }

    /**
     * Tells how many turns that no bound counts were given so far.
     *
     * @return the number of switches between things at work
     */
    public int uncountedSwitches() {
        return injections.turns();
    }

    Injections injections() {
        return injections;
    }

    /**
     * Asks the schedule, and notes a fault that it chose.
     *
     * @param point the place that the run has come to
     * @return 0 for no fault, else the number of the option
     * @throws IllegalStateException if called on another thread than the run's own
     */
    public int choose(ChoicePoint point) {
        if (!turns.isMyTurn()) {
            throw new IllegalStateException("A service of the run came to " + point.name()
                    + " on a thread of its own; a run has only the test's thread, so that its schedules can be repeated: use "
                    + "no thread pools in it, nor time-outs that move it to another thread, such as "
                    + "@Timeout(threadMode = SEPARATE_THREAD).");
        }
        int choice = injections.choose(point);
        if (choice > 0) {
            Option option = point.option(choice);
            history.add(new Event.Injected(option.fault(), option.phrase()));
        }
        return choice;
    }

    /**
     * Does I/O that may have to wait for what somebody else at work holds, such as a lock in a database.
     *
     * @param contention what it may have to wait for
     * @param io what to do
     * @return the result
     * @throws Throwable what the I/O throws
     */
    public @Nullable Object mayBlock(Contention contention, Io io) throws Throwable {
        return turns.perform(contention, io);
    }

    /**
     * Offers the death of a life before a cause takes effect.
     *
     * @param life the life that may die
     * @return whether it died
     */
    public boolean mayDieBefore(Life life) {
        if (!offers(Fault.CRASH)) {
            return false;
        }
        StepPoint point = new StepPoint(work.cause(), null);
        if (choose(point) == 0) {
            return false;
        }
        life.die(point.where());
        return true;
    }

    /**
     * Offers that something else happens before a cause takes effect, and at the same time as it, where every interleaving is
     * wanted.
     */
    public void mayComeSecond() {
        interleaving.beginning();
    }

    /**
     * Returns what the service at work is doing.
     *
     * @return the present cause
     */
    public Cause cause() {
        return work.cause();
    }

    /**
     * Returns the life that is at work, to be asked by the thread whose turn it is.
     *
     * @return the life, or empty while the body of the test does something by itself
     */
    public Optional<Life> lifeAtWork() {
        return Optional.ofNullable(work.life());
    }

    /**
     * Returns the name under which a life acts now.
     *
     * @param life the life
     * @return the part of it that is at work, or its service's name
     */
    public String actor(Life life) {
        String part = work.life() == life ? work.cause().actor() : null;
        return part == null ? life.service() : part;
    }

    /**
     * Returns the threads of a hosted application that take part in this run.
     *
     * @return the guests
     */
    public synchronized Guests guests() {
        Guests present = guests;
        if (present == null) {
            present = new Guests(this, turns);
            guests = present;
        }
        return present;
    }

    /**
     * Says whether the calling thread is the one that moves this run now.
     *
     * @return whether it may take steps and make choices
     */
    public boolean isMyTurn() {
        return turns.isMyTurn();
    }

    /**
     * Says whether this run has ended.
     *
     * @return whether nothing happens in it any more
     */
    public boolean isOver() {
        return closed;
    }

    /**
     * Begins a work; the steps that follow are named by its cause, and only the life that does it may die at them.
     *
     * @param life who does it
     * @param why the cause
     * @return the work before it, to be given to {@link #leave}
     */
    public Work enter(Life life, Cause why) {
        Work before = work;
        work = new Work(life, why);
        return before;
    }

    /**
     * Ends a work; what it handed over to be sent becomes durable now.
     *
     * @param before what {@link #enter} returned
     */
    public void leave(Work before) {
        turns.comeBack();
        try {
            sends.flush();
        } catch (Crash crash) {
            if (!crash.life().isDead()) {
                throw crash;
            }
        } finally {
            if (before == BODY && turns.isActive() && turns.isFirst()) {
                finishOthers();
            }
            resume(before);
        }
    }

    /** What began beside a cause ends with it, and whoever died meanwhile lives again. */
    private void finishOthers() {
        try {
            interleaving.finish();
        } finally {
            resume(BODY);
            for (Service<?> service : services) {
                revive(service.life());
            }
        }
    }

    /** Goes back to a work that has not ended. */
    void resume(Work before) {
        work = before;
    }

    /**
     * Registers a service and boots its first life.
     *
     * @param name the service's name; once in each run
     * @param boot boots a life
     * @param <T> the type of the service's front door
     * @return the handle
     */
    public <T> Service<T> service(String name, Function<Life, T> boot) {
        return register(name, boot, false);
    }

    /**
     * Registers an application that a framework of the test has started, and that runs go through one after the other. It may have
     * threads of its own: what they do is part of the run only where a thread was let in.
     *
     * @param name the application's name; once in each run
     * @param boot makes the application ready for the next life
     * @param <T> the type of its front door
     * @return the handle
     */
    public <T> Service<T> host(String name, Function<Life, T> boot) {
        return register(name, boot, true);
    }

    private <T> Service<T> register(String name, Function<Life, T> boot, boolean hosted) {
        for (Service<?> service : services) {
            if (service.name().equals(name)) {
                throw new UsageException(
                        "There is a service '" + name + "' already: give each service of a scenario its own name.");
            }
        }
        Service<T> service = new Service<>(this, name, boot, hosted);
        services.add(service);
        service.boot();
        return service;
    }

    /**
     * Lets a service try something that a crash may cut.
     *
     * @param service the service in whose life it happens
     * @param action what is tried
     * @param <X> what the action may throw
     * @return how it ended
     * @throws X what the action threw, if no fault was injected into it
     */
    public <X extends Exception> Attempt attempt(Service<?> service, ThrowingRunnable<X> action) throws X {
        int number = service.nextAttempt();
        int before = injections.count();
        Life life = service.life();
        history.add(new Event.Attempting(service.name(), number));
        Work outer = enter(life, new AttemptCause(service.name(), number));
        Attempt attempt;
        try {
            if (!mayDieBefore(life)) {
                mayComeSecond();
                action.run();
            }
            attempt = life.isDead() ? Attempt.CUT : Attempt.COMPLETED;
        } catch (Throwable thrown) {
            if (life.isDead()) {
                attempt = Attempt.CUT;
            } else if (injections.count() > before && thrown instanceof Exception) {
                attempt = new Attempt(Attempt.Result.FAILED, thrown);
            } else {
                throw thrown;
            }
        } finally {
            leave(outer);
        }
        history.add(new Event.Attempted(service.name(), attempt));
        revive(life);
        checkClaims();
        return attempt;
    }

    /**
     * Boots the next life of a service if the given one has died; where several things happen at once, after they have
     * ended.
     *
     * @param life the life that was at work
     */
    public void revive(Life life) {
        if (life.isDead() && turns.isFirst()) {
            life.owner().boot();
        }
    }

    /**
     * Adds a claim that must hold after each delivery, attempt and crash.
     *
     * @param claim throws if it does not hold
     */
    public void always(Action claim) {
        claims.add(claim);
    }

    /** Checks all claims now, without offering any fault meanwhile. */
    public void checkClaims() {
        if (claims.isEmpty()) {
            return;
        }
        withoutFaults(() -> {
            for (Action claim : claims) {
                claim.run();
            }
        });
    }

    /**
     * Performs an action in which no fault happens.
     *
     * @param action what to do
     */
    public void withoutFaults(Action action) {
        injections.pause();
        try {
            action.run();
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Exception failure) {
            throw new UsageException("An action that no fault disturbs threw " + failure + ".", failure);
        } finally {
            injections.goOn();
        }
    }

    /** Lets everything that can happen happen, until all is quiet. */
    public void settle() {
        quiescence.settle();
    }

    /**
     * Moves the clock and fires the timers that become due; what they send is delivered by the next {@link #settle()}.
     *
     * @param time how far, not negative
     * @throws NotSettledException if more timers fire than {@code maxDeliveries}
     */
    public void elapse(Duration time) {
        if (time.isNegative()) {
            throw new UsageException("elapse wants a duration that is not negative, but got " + time + ".");
        }
        history.add(new Event.Elapsed(time));
        Instant target = clock.instant().plus(time);
        int fired = 0;
        for (ScenarioClock.Timer timer = clock.moveTo(target); timer != null; timer = clock.moveTo(target)) {
            if (++fired > bounds.maxDeliveries()) {
                String service = timer.life().service();
                throw new NotSettledException(
                        bounds, List.of("a timer of '" + service + "' that fires again and again"));
            }
            fire(timer);
        }
    }

    /**
     * Ends the run.
     *
     * @return what was still moving, in words; empty if all was settled
     */
    public List<String> close() {
        if (closed) {
            return List.of();
        }
        List<String> leftovers = transport == null ? List.of() : transport.leftovers();
        abandon();
        return leftovers;
    }

    /** Ends the run, whatever was still moving. Does nothing if it has ended. */
    public void abandon() {
        if (closed) {
            return;
        }
        closed = true;
        if (guests != null) {
            guests.close();
        }
        for (Service<?> service : services) {
            service.retire();
        }
        if (transport != null) {
            transport.close();
        }
    }

    /**
     * Returns what a room keeps for this run alone.
     *
     * @param type the type of what is kept; one for each run
     * @param first makes it when it is asked for the first time
     * @param <T> the type
     * @return what is kept
     */
    public <T> T belonging(Class<T> type, Function<Run, T> first) {
        Object present = belongings.get(type);
        if (present == null) {
            present = first.apply(this);
            belongings.put(type, present);
        }
        return type.cast(present);
    }

    /**
     * Returns what a room keeps for this run alone, if it keeps anything.
     *
     * @param type the type of what is kept
     * @param <T> the type
     * @return what is kept
     */
    public <T> Optional<T> belonging(Class<T> type) {
        return Optional.ofNullable(belongings.get(type)).map(type::cast);
    }

    /**
     * Returns what the fault-free run of this exploration came to.
     *
     * @return the baseline
     */
    public Baseline baseline() {
        return baseline;
    }

    /**
     * Returns the schedule that decides.
     *
     * @return the schedule
     */
    public Schedule schedule() {
        return schedule;
    }

    /**
     * Returns what happened so far.
     *
     * @return the live history
     */
    public History history() {
        return history;
    }

    /**
     * Returns the bounds.
     *
     * @return the bounds
     */
    public Bounds bounds() {
        return bounds;
    }

    /**
     * Returns the clock, which moves only when it is told to.
     *
     * @return the source of the present instant
     */
    public InstantSource clock() {
        return clock;
    }

    /**
     * Returns the services in the order of their registration.
     *
     * @return a live view
     */
    public List<Service<?>> services() {
        return services;
    }

    Service<?> hosted() {
        return services.stream()
                .filter(Service::isHosted)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No application was hosted in this run."));
    }

    Activity transport() {
        Activity present = transport;
        if (present == null) {
            throw new IllegalStateException("No transport was connected to this run.");
        }
        return present;
    }

    Ports ports() {
        Ports present = ports;
        if (present == null) {
            throw new IllegalStateException("No transport was connected to this run.");
        }
        return present;
    }

    ScenarioClock timers() {
        return clock;
    }

    Work work() {
        return work;
    }

    Sends sends() {
        return sends;
    }

    void stepped(Life life, String step) {
        turns.comeBack();
        history.add(new Event.Stepped(actor(life), step));
        // A step that one life asked another for by a plain call is not cut: the crash would unwind the caller too.
        if (work.life() == life && offersAtWork(Fault.CRASH)) {
            StepPoint point = new StepPoint(work.cause(), step);
            if (choose(point) > 0) {
                throw life.die(point.where());
            }
        }
        interleaving.stepped(step);
        life.refuseIfDead();
    }

    void died(Life life, Crash crash, String where) {
        history.add(new Event.Crashed(life.service(), life.number(), where));
        clock.forget(life);
        transport().died(life);
        if (life.owner().isHosted()) {
            guests().died(crash);
        }
    }

    /** Offers what may happen at the same time as the present cause. */
    void offerConcurrent(Consumer<Activity.Late> offers) {
        transport().offerConcurrent(offers);
        for (Service<?> service : services) {
            if (service.isUp()) {
                quiescence.offerTicks(service.life(), offers);
            }
        }
    }

    private void fire(ScenarioClock.Timer timer) {
        Life life = timer.life();
        history.add(new Event.TimerFired(life.service()));
        inLife(life, new NamedCause(life.service(), "timer"), timer.action());
        checkClaims();
    }

    /**
     * Performs something that a life does by itself, and boots the next life if it dies in it. What fails by a fault would be
     * logged and done again later, so it is noted only.
     */
    void inLife(Life life, Cause why, Action action) {
        int before = injections.count();
        Work outer = enter(life, why);
        try {
            mayComeSecond();
            action.run();
        } catch (Throwable thrown) {
            if (!life.isDead()) {
                if (thrown instanceof Error error) {
                    throw error;
                }
                if (injections.count() == before) {
                    throw new ServiceFailedException(why.title() + " failed", thrown);
                }
                history.add(new Event.WorkFailed(life.service(), why.title(), thrown));
            }
        } finally {
            leave(outer);
        }
        revive(life);
    }
}
