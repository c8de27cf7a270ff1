package io.github.atleastonce.run;

import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.ChoicePoint;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Schedule;
import java.util.Set;

/** Which faults a run may have now, and how many it has had. */
final class Injections {

    private final Schedule schedule;
    private final long wanted;
    private final Bounds bounds;
    private int injected;
    private int turned;
    private int paused;

    Injections(Schedule schedule, Set<Fault> faults, Bounds bounds) {
        this.schedule = schedule;
        this.bounds = bounds;
        long mask = 0;
        for (Fault fault : faults) {
            mask |= 1L << fault.ordinal();
        }
        this.wanted = mask;
    }

    boolean wants(Fault fault) {
        return (wanted & 1L << fault.ordinal()) != 0;
    }

    boolean offers(Fault fault) {
        return wants(fault) && isArmed() && (!bounds.everyInterleaving() || injected - turned < bounds.maxFaults());
    }

    /** Says whether the turn may be handed on among things that have begun. */
    boolean offersTurns() {
        return wants(Fault.CONCURRENT) && isArmed();
    }

    private boolean isArmed() {
        return paused == 0 && schedule.armed();
    }

    int choose(ChoicePoint point) {
        int choice = schedule.choose(point);
        if (choice > 0) {
            injected++;
        }
        return choice;
    }

    /** Takes note that the fault chosen last was a turn among things that had begun. */
    void turned() {
        if (bounds.everyInterleaving()) {
            turned++;
        }
    }

    /** Tells how many faults were injected so far: what fails after one more may fail because of it. */
    int count() {
        return injected;
    }

    /** Tells how many of them were turns that no bound counts. */
    int turns() {
        return turned;
    }

    void pause() {
        paused++;
    }

    void goOn() {
        paused--;
    }
}
