package io.github.atleastonce.hosted;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.run.Crash;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Work;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The way of one thread through the run, from when it comes until it leaves. */
@API(status = API.Status.INTERNAL)
public final class HostedTask {

    @Nullable
    Lifetime life;

    /** Nobody waits for it any more: it has left, or was cut off. */
    boolean ended;

    boolean left;

    @Nullable
    Crash end;

    private final HostedTasks tasks;
    private final TaskOwner owner;
    private final String place;
    private final Supplier<Cause> what;
    private final Thread thread = Thread.currentThread();
    private @Nullable Work outer;

    HostedTask(HostedTasks tasks, TaskOwner owner, String place, Supplier<Cause> what) {
        this.tasks = tasks;
        this.owner = owner;
        this.place = place;
        this.what = what;
    }

    /**
     * Begins the work of this task.
     *
     * @param why the cause
     */
    public void begin(Cause why) {
        outer = tasks.begin(this, why);
    }

    /**
     * Says whether this task is at work, so that what it does are steps.
     *
     * @return whether it has begun, and neither left nor died
     */
    public boolean isAtWork() {
        return outer != null && !ended && !life().isDead();
    }

    /**
     * Returns the life for which the work is done.
     *
     * @return the life, dead or alive
     */
    public Lifetime life() {
        Lifetime present = life;
        if (present == null) {
            throw new IllegalStateException("This task has not been resumed.");
        }
        return present;
    }

    /** Ends the work, and lets the run's own thread go on. Does nothing if this task has ended already, by the death of its life for example. */
    public void leave() {
        tasks.leave(this, outer);
    }

    TaskOwner owner() {
        return owner;
    }

    Thread thread() {
        return thread;
    }

    /** Tells what it has come for. */
    Cause what() {
        return what.get();
    }

    boolean isFor(String name, String other) {
        return owner.name().equals(name) && owner.comesForBoth(place, other);
    }

    /** Says whether nobody waits for the other one to come when this one has: another thread of the same owner that is there by chance. */
    boolean comesForAll(HostedTask other) {
        return owner == other.owner && owner.comesForBoth(place, other.place);
    }

    String place() {
        return place;
    }

    String order() {
        return owner.name() + " " + place;
    }
}
