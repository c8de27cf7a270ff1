package io.github.atleastonce.run;

import io.github.atleastonce.history.Attempt;
import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.history.Ending;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.history.Moment;
import io.github.atleastonce.history.WorkEvent;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Offer;
import io.github.atleastonce.schedule.Schedule;
import io.github.atleastonce.state.Moments;
import io.github.atleastonce.task.ThrowingRunnable;
import io.github.atleastonce.task.VirtualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a test body under one schedule: puts its parts together and hands them out. Belongs to the thread that created
 * it, and where several things happen at once to the one that runs; refuses choices on any other.
 */
@API(status = API.Status.INTERNAL)
public final class Run {

    private final Schedule schedule;
    private final Bounds bounds;
    private final History history;
    private final CurrentWork current;
    private final Activities activities = new Activities();
    private final Services services;
    private volatile Map<Class<?>, Object> belongings = Map.of();
    private final Faults faults;
    private final Claims claims;
    private final Steps steps;
    private final Sends sends;
    private final Works works;
    private final Timers timers;
    private final Pollers pollers;
    private final Quiescence quiescence;
    private final Moments moments = new Moments();
    private volatile boolean closed;
    private volatile @Nullable String cut;

    /**
     * Creates a run.
     *
     * @param schedule decides what happens
     * @param faults which faults may be offered
     * @param bounds how far
     * @param caveats takes what is seen that limits what the run shows; an exploration has one for all its runs
     */
    public Run(Schedule schedule, Set<Fault> faults, Bounds bounds, Caveats caveats) {
        this.schedule = schedule;
        this.bounds = bounds;
        this.history = new History(caveats);
        this.current = new CurrentWork(history);
        this.services = new Services(caveats);
        this.faults = new Faults(schedule, faults, bounds, history, current);
        this.claims = new Claims(this.faults);
        Interleaving interleaving = new Interleaving(current, this.faults, bounds, this::offerConcurrent);
        this.steps = new Steps(current, this.faults, history, interleaving);
        this.sends = new Sends(current, this.faults, steps, activities);
        this.works = new Works(current, history, this.faults, steps, sends, interleaving, claims, services.owners());
        this.timers = new Timers(bounds, history, works);
        this.pollers = new Pollers(history, this.faults, works, services.owners());
        this.quiescence = new Quiescence(
                bounds, history, this.faults, works, claims, timers, pollers, activities, services.owners(), moments);
    }

    /**
     * Returns the run that a life is part of; for rooms that plug something into it.
     *
     * @param life the life
     * @return its run
     */
    public static Run of(Life life) {
        return life.run();
    }

    /**
     * Returns who lives in a life; for rooms that plug something into it.
     *
     * @param life the life
     * @return whether it has died, and what is to happen then
     */
    public static Lifetime lifetime(Life life) {
        return life.lifetime();
    }

    /**
     * Lets something take part in this run, so that it is quiet only when that is; a transport, which also carries the messages of its
     * channels, or anything else that goes on by itself.
     *
     * @param activity what takes part, until the run is over
     */
    public void join(Activity activity) {
        activities.add(activity);
    }

    /**
     * Finds the transport that carries a channel: the one that declares it, or else the only one that takes any.
     *
     * @param channel the channel's name
     * @return the transport's side of the lives
     * @throws UsageException if none carries it, or several do
     */
    public Ports carrierOf(String channel) {
        return activities.carrierOf(channel);
    }

    /** {@return which faults may happen now} */
    public Faults faults() {
        return faults;
    }

    /** {@return what is being done now} */
    public CurrentWork current() {
        return current;
    }

    /** {@return the I/O steps of this run} */
    public Steps steps() {
        return steps;
    }

    /** {@return the sends of the services} */
    public Sends sends() {
        return sends;
    }

    /** {@return the one way to do work in a life} */
    public Works works() {
        return works;
    }

    /** {@return what has to hold at every moment} */
    public Claims claims() {
        return claims;
    }

    /** {@return whether this run has ended} */
    public boolean isOver() {
        return closed;
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
        return services.register(new Service<>(this, name, name, boot, false));
    }

    /**
     * Registers one of several nodes of a service and boots its first life.
     *
     * @param name the service's name, under which all its nodes read
     * @param number which node it is, from 1
     * @param boot boots a life
     * @param <T> the type of the service's front door
     * @return the handle
     */
    public <T> Service<T> node(String name, int number, Function<Life, T> boot) {
        return services.register(new Service<>(this, name, name + "#" + number, boot, false));
    }

    /**
     * Registers an application that a framework of the test has started, and that runs go through one after the other. It may have
     * threads of its own: what they do is part of the run only where a thread takes part as a task.
     *
     * @param name the application's name; once in each run
     * @param boot makes the application ready for the next life
     * @param <T> the type of its front door
     * @return the handle
     */
    public <T> Service<T> host(String name, Function<Life, T> boot) {
        return services.register(new Service<>(this, name, name, boot, true));
    }

    /** {@return all services of this run} */
    public Services services() {
        return services;
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
        Lifetime life = service.life();
        history.add(new WorkEvent.Attempting(service.name(), number));
        Ending ending =
                works.perform(life, Cause.attempt(service.name(), number), Works.Before.DEATH_OR_ANOTHER, action::run);
        Attempt attempt;
        if (ending instanceof Ending.Threw threw) {
            if (!threw.disturbed() || !(threw.failure() instanceof Exception)) {
                throw threw.<X>asThrown();
            }
            attempt = new Attempt(Attempt.Result.FAILED, threw.failure());
        } else {
            attempt = ending instanceof Ending.Died ? Attempt.CUT : Attempt.COMPLETED;
        }
        history.add(new WorkEvent.Attempted(service.name(), attempt));
        works.conclude(life);
        return attempt;
    }

    /** {@return whether there was something that can be done now, such as a delivery or a poller's tick, one of which was done} */
    public boolean advance() {
        return activities.advance() || pollers.tick();
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
        timers.elapse(time);
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
        List<String> leftovers = activities.leftovers();
        abandon();
        return leftovers;
    }

    /**
     * Ends what can be ended of a run that takes too long: whoever lives is cut off and refused from now on, and nobody is booted again. May
     * be called by another thread than the run's own.
     *
     * @param bound the bound that was reached, with its value
     */
    public void cutShort(String bound) {
        cut = bound;
        services.retire();
    }

    void refuseIfCutShort() {
        String bound = cut;
        if (bound != null) {
            throw new NotSettledException(bound, List.of("a run that was cut short"));
        }
    }

    /** Ends the run, whatever was still moving. Does nothing if it has ended. */
    public void abandon() {
        if (closed) {
            return;
        }
        closed = true;
        services.retire();
        activities.close();
    }

    /**
     * Returns what a room keeps for this run alone. Safe for use by several threads.
     *
     * @param type the type of what is kept; one for each run
     * @param first makes it when it is asked for the first time
     * @param <T> the type
     * @return what is kept
     */
    public <T> T belonging(Class<T> type, Function<Run, T> first) {
        Object present = belongings.get(type);
        return type.cast(present == null ? add(type, first) : present);
    }

    private synchronized Object add(Class<?> type, Function<Run, ?> first) {
        Object present = belongings.get(type);
        if (present == null) {
            present = first.apply(this);
            Map<Class<?>, Object> more = new HashMap<>(belongings);
            more.put(type, present);
            belongings = more;
        }
        return present;
    }

    /**
     * Returns what a room keeps for this run alone, if it keeps anything.
     *
     * @param type the type of what is kept
     * @param <T> the type
     * @return what is kept
     */
    public <T> Optional<T> belonging(Class<T> type) {
        Object present = belongings.get(type);
        return present == null ? Optional.empty() : Optional.of(type.cast(present));
    }

    /** {@return the schedule that decides} */
    public Schedule schedule() {
        return schedule;
    }

    /** {@return what happened so far} */
    public History history() {
        return history;
    }

    /** {@return the bounds} */
    public Bounds bounds() {
        return bounds;
    }

    /** {@return the moments at which the state of this run can be told} */
    public Moments moments() {
        return moments;
    }

    /** {@return all that this run is made of} */
    public Stream<Object> participants() {
        Stream<Object> own = Stream.of(services, pollers, claims, timers.clock());
        return Stream.of(own, activities.stream(), belongings.values().stream()).flatMap(Function.identity());
    }

    /** {@return the clock, which moves only when it is told to} */
    public VirtualClock<?> clock() {
        return timers.clock();
    }

    Activities activities() {
        return activities;
    }

    Timers timers() {
        return timers;
    }

    Pollers pollers() {
        return pollers;
    }

    void died(Lifetime life, Crash crash, Moment moment) {
        history.add(new Event.Crashed(life.service(), life.number(), moment));
        timers.forget(life);
        pollers.forget(life);
        activities.died(life);
    }

    /** Offers what may happen at the same time as the present cause. */
    private void offerConcurrent(Consumer<Offer> offers) {
        activities.offerConcurrent(offers);
        pollers.offerConcurrent(offers);
    }
}
