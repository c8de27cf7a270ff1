package io.github.atleastonce.run;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Ending;
import io.github.atleastonce.history.History;
import io.github.atleastonce.history.WorkEvent;
import io.github.atleastonce.task.Action;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/**
 * Work in a life: the one place that enters and leaves it, says how it ended, revives whom it killed, and checks the claims
 * after it. Handlers, attempts, timers, pollers and boots all go through it, those of frameworks' own threads too.
 */
@API(status = API.Status.INTERNAL)
public final class Works {

    private final CurrentWork current;
    private final History history;
    private final Faults faults;
    private final Steps steps;
    private final Sends sends;
    private final Interleaving interleaving;
    private final Claims claims;
    private final List<Lifetime.Owner> owners;
    private final List<Runnable> endings = new ArrayList<>(0);
    private final List<Runnable> beginnings = new ArrayList<>(0);

    /** What may happen before work takes effect. */
    public enum Before {
        /** Nothing. */
        NOTHING,
        /** Something else may come first, where every interleaving is wanted. */
        ANOTHER,
        /** The life may die, or something else may come first. */
        DEATH_OR_ANOTHER
    }

    Works(
            CurrentWork current,
            History history,
            Faults faults,
            Steps steps,
            Sends sends,
            Interleaving interleaving,
            Claims claims,
            List<Lifetime.Owner> owners) {
        this.current = current;
        this.history = history;
        this.faults = faults;
        this.steps = steps;
        this.sends = sends;
        this.interleaving = interleaving;
        this.claims = claims;
        this.owners = owners;
    }

    /**
     * Performs work in a life. Whoever calls says what the ending means, and then calls {@link #conclude}.
     *
     * @param life who does it
     * @param why the cause, which names its steps
     * @param before what may happen before it takes effect
     * @param work what is done
     * @return how it ended
     * @throws VirtualMachineError what the machine threw, such as an OutOfMemoryError, which is nobody's to handle
     */
    public Ending perform(Lifetime life, Cause why, Before before, Action work) {
        int injected = faults.count();
        // What begins beside something else does so by a fault.
        boolean beside = current.tasks().areSeveral();
        Throwable failure = null;
        Work outer = current.enter(life, why);
        if (outer == Work.BODY) {
            beginnings.forEach(Runnable::run);
        }
        try {
            if (before != Before.DEATH_OR_ANOTHER || !steps.mayDieBefore(life)) {
                if (before != Before.NOTHING) {
                    interleaving.beginning();
                }
                work.run();
            }
        } catch (VirtualMachineError broken) {
            throw broken;
        } catch (Throwable thrown) {
            failure = thrown;
        } finally {
            leave(outer);
        }
        if (life.isDead()) {
            if (life.goesOn()) {
                Thread.interrupted();
                history.add(new WorkEvent.WentOn(life.service()));
                history.caveats().remark("work of " + life.service() + " does not end by itself when its life dies");
            }
            return Ending.Died.INSTANCE;
        }
        return failure == null
                ? Ending.Returned.INSTANCE
                : new Ending.Threw(failure, beside || faults.count() > injected);
    }

    /**
     * Lets the next life of a service begin if this one has died, and checks the claims, both once nothing else is at work.
     *
     * @param life the life that was at work
     */
    public void conclude(Lifetime life) {
        revive(life);
        if (!current.isAService() && current.tasks().isTheTests()) {
            reviveAll();
            claims.check();
        }
    }

    /**
     * Performs something that a life does by itself, such as a timer, and lets the next life begin if it dies in it. What fails by a
     * fault would be logged and done again later, so it is noted only.
     *
     * @throws ServiceFailedException if it failed without a fault
     */
    void performByItself(Lifetime life, Cause why, Action work) {
        if (!faults.delivers()) {
            return;
        }
        if (perform(life, why, Before.ANOTHER, work) instanceof Ending.Threw threw) {
            if (threw.failure() instanceof Error error) {
                throw error;
            }
            if (!threw.disturbed()) {
                throw new ServiceFailedException(why.title() + " failed", threw.failure());
            }
            history.add(new WorkEvent.WorkFailed(life.service(), why, threw.failure()));
        }
        revive(life);
    }

    /**
     * Begins work on the thread of a framework, which {@link #leave} ends.
     *
     * @param life who does it
     * @param why the cause
     * @return the work around it
     */
    public Work enter(Lifetime life, Cause why) {
        return current.enter(life, why);
    }

    /**
     * Lets something be done whenever work begins while nothing else is at work.
     *
     * @param action what to do; must not throw
     */
    public void onBeginning(Runnable action) {
        beginnings.add(action);
    }

    /**
     * Lets something be done when the work at hand ends.
     *
     * @param action what to do; must not throw
     */
    public void afterwards(Runnable action) {
        endings.add(action);
    }

    /**
     * Ends work; what it handed over to be sent becomes durable now.
     *
     * @param outer the work around it
     */
    public void leave(Work outer) {
        current.tasks().awaitSwitch();
        try {
            sends.flush();
        } catch (Crash crash) {
            if (!crash.life().isDead()) {
                throw crash;
            }
        } finally {
            while (!endings.isEmpty()) {
                endings.remove(0).run();
            }
            if (outer == Work.BODY
                    && current.tasks().areSeveral()
                    && current.tasks().isFirstHere()) {
                finishOthers();
            }
            current.resume(outer);
        }
    }

    /** What began beside a cause ends with it, and whoever died meanwhile lives again. */
    private void finishOthers() {
        try {
            interleaving.finish();
        } finally {
            current.resume(Work.BODY);
            reviveAll();
        }
    }

    private void reviveAll() {
        owners.forEach(owner -> revive(owner.lifetime()));
    }

    /** Where several things happen at once, the next life begins after they have ended, and never on a thread of an application. */
    void revive(Lifetime life) {
        if (life.isDead() && current.tasks().isTheTests()) {
            life.owner().revive();
        }
    }
}
