package io.github.atleastonce.run;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.schedule.Alternatives;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.ChoicePoint;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Offer;
import io.github.atleastonce.schedule.Option;
import io.github.atleastonce.schedule.Schedule;
import io.github.atleastonce.task.Action;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Which faults a run may have now, and the one way in which it comes to have one: by asking its schedule. */
@API(status = API.Status.INTERNAL)
public final class Faults {

    private final Schedule schedule;
    private final Bounds bounds;
    private final History history;
    private final CurrentWork current;
    private final long wanted;
    private int injected;
    private int switched;
    private int paused;

    Faults(Schedule schedule, Set<Fault> faults, Bounds bounds, History history, CurrentWork current) {
        this.schedule = schedule;
        this.bounds = bounds;
        this.history = history;
        this.current = current;
        long mask = 0;
        for (Fault fault : faults) {
            mask |= 1L << fault.ordinal();
        }
        this.wanted = mask;
    }

    /**
     * Says whether a fault was asked for, whether or not it may still be chosen.
     *
     * @param fault the fault
     * @return whether some schedule of this exploration may have it
     */
    public boolean wants(Fault fault) {
        return (wanted & 1L << fault.ordinal()) != 0;
    }

    /** {@return whether the services of this run get anything to do; false if all that is sent is lost, no poller is ticked and no timer fires} */
    public boolean delivers() {
        return schedule.delivers();
    }

    /**
     * Says whether a choice point of this fault is to be built now.
     *
     * @param fault the fault
     * @return whether it was asked for, one may still be chosen, and nothing has paused them
     */
    public boolean offers(Fault fault) {
        return wants(fault) && isArmed() && (!bounds.everyInterleaving() || injected - switched < bounds.maxFaults());
    }

    /**
     * Says whether a choice point of this fault is to be built for what a service does now. Never for what the test body does
     * by itself, such as reading a table for an assertion: a fault there would be nobody's.
     *
     * @param fault the fault
     * @return whether it is offered, and a service is at work
     */
    public boolean offersAtWork(Fault fault) {
        return current.isAService() && offers(fault);
    }

    /**
     * Asks the schedule whether the only fault of a point happens.
     *
     * @param point the place that the run has come to
     * @return whether it happens
     * @throws UsageException if called on another thread than the run's own
     */
    public boolean happens(ChoicePoint point) {
        return ask(point) > 0;
    }

    /**
     * Asks the schedule which fault of a point happens.
     *
     * @param point the place that the run has come to
     * @param <T> what its options stand for
     * @return what the chosen option stands for, or null for no fault
     * @throws UsageException if called on another thread than the run's own
     */
    public <T> @Nullable T choose(Alternatives<T> point) {
        int choice = ask(point);
        return choice == 0 ? null : point.alternative(choice);
    }

    /**
     * Asks the schedule which of several offers happens, and lets it happen.
     *
     * @param place names the place that the run has come to
     * @param offers what may happen there
     * @return whether one did
     * @throws UsageException if called on another thread than the run's own
     */
    public boolean choose(String place, List<Offer> offers) {
        int choice = ask(Offer.point(place, offers));
        if (choice == 0) {
            return false;
        }
        offers.get(choice - 1).effect().run();
        return true;
    }

    /**
     * Performs an action in which no fault happens.
     *
     * @param action what to do
     */
    public void without(Action action) {
        paused++;
        try {
            action.run();
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Exception failure) {
            throw new UsageException("An action that no fault disturbs threw " + failure + ".", failure);
        } finally {
            paused--;
        }
    }

    private int ask(ChoicePoint point) {
        current.refuseElsewhere("a service", point::name);
        int choice = schedule.choose(point);
        if (choice > 0) {
            injected++;
            Option option = point.option(choice);
            history.add(new Event.Injected(point, option));
        }
        return choice;
    }

    /** Says whether a switch may be offered between things that have begun. */
    boolean offersSwitches() {
        return current.isAService() && wants(Fault.CONCURRENT) && isArmed();
    }

    private boolean isArmed() {
        return paused == 0 && schedule.armed();
    }

    /** Takes note that the fault chosen last was a switch between things that had begun. */
    void switched() {
        if (bounds.everyInterleaving()) {
            switched++;
        }
    }

    /** Tells how many faults were injected so far: what fails after one more may fail because of it. */
    int count() {
        return injected;
    }

    /** {@return how many of the faults so far were switches between things that had begun, where no bound counts them} */
    public int uncountedSwitches() {
        return switched;
    }
}
