package io.github.atleastonce.run;

import io.github.atleastonce.history.Moment;
import io.github.atleastonce.task.Fences;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Who lives: which life of which service, whether it has ended, and what cuts it off from the world when it does. Safe for use
 * by several threads, but for its end, which belongs to the one that runs.
 */
@API(status = API.Status.INTERNAL)
public final class Lifetime {

    /** After so many refusals a life is taken for one that does not end by itself. */
    private static final int PATIENCE = 100;

    private final Owner owner;
    private final String service;
    private final int number;
    private final Fences fences = new Fences();
    private volatile @Nullable Crash death;
    private volatile boolean stalled;
    private int refusals;

    /** Whose life it is. */
    interface Owner {

        /** Returns the name of the group in which it reads. */
        String group();

        /** Returns the present life. */
        Lifetime lifetime();

        /** Says whether the present life has booted and not died. */
        boolean isUp();

        /** Says whether a framework of the test has started the application. */
        boolean isHosted();

        /** Takes note that the present life has died. */
        void died(Crash crash, Moment moment);

        /** Boots the next life. */
        void revive();
    }

    Lifetime(Owner owner, String service, int number) {
        this.owner = owner;
        this.service = service;
        this.number = number;
    }

    /** {@return the name of the service that lives} */
    public String service() {
        return service;
    }

    /** {@return the name of the group in which the service reads: its own, or the one that it shares with other nodes} */
    public String group() {
        return owner.group();
    }

    /** {@return whether the service is one of several nodes} */
    public boolean isNode() {
        return !group().equals(service);
    }

    /** {@return which life of the service this is} */
    public int number() {
        return number;
    }

    /** {@return whether this life has ended} */
    public boolean isDead() {
        return death != null;
    }

    /** {@return whether this life does not move at present, and others do} */
    public boolean isStalled() {
        return stalled;
    }

    /**
     * Lets this life stall, or go on.
     *
     * @param now whether it does not move from now on
     */
    public void stall(boolean now) {
        stalled = now;
    }

    /** {@return whether this is a life of an application that a framework of the test has started} */
    public boolean isHosted() {
        return owner.isHosted();
    }

    /** Throws the {@link Crash} that ended this life, if it has ended. */
    public void refuseIfDead() {
        Crash end = death;
        if (end != null) {
            // What waits before it tries again, as a loop that catches everything does, is woken up.
            if (++refusals > PATIENCE && !isHosted()) {
                Thread.currentThread().interrupt();
            }
            throw end;
        }
    }

    /**
     * Registers what cuts this life off from the world. Fences run first when the life dies, before anything is thrown, so
     * that no cleanup of the application can still reach the outside.
     *
     * @param fence closes or aborts a resource; must not throw
     */
    public void onDeath(Runnable fence) {
        fences.add(fence);
    }

    /** {@return what ended this life} */
    public Optional<Crash> death() {
        return Optional.ofNullable(death);
    }

    /** Says whether this life went on though it had died and was told so again and again. */
    boolean goesOn() {
        return refusals > PATIENCE && !isHosted();
    }

    Owner owner() {
        return owner;
    }

    /** Ends this life: fences first, then everything else may know. */
    Crash die(Moment moment) {
        Crash crash = new Crash(this, moment.where());
        death = crash;
        fences.close();
        owner.died(crash, moment);
        return crash;
    }

    /**
     * Ends this life, if it has not ended, because it could not go on.
     *
     * @param where when that was, in words
     */
    public void fail(String where) {
        if (death == null) {
            die(Moment.of(where));
        }
    }

    /** Ends this life with its run; not a crash, but it may no more be used either. */
    void retire() {
        if (death == null) {
            death = new Crash(this, "with its run");
            fences.close();
        }
    }

    @Override
    public String toString() {
        return number == 1 ? service : service + " (life " + number + ")";
    }
}
