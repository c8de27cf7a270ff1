package io.github.atleastonce.run;

import io.github.atleastonce.history.Event;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A service under test: a name, a lambda that boots it, and the life that it lives at present.
 *
 * @param <T> the type of what the lambda makes, the service's front door
 */
public final class Service<T> {

    private final Run run;
    private final String name;
    private final Function<Life, T> boot;
    private final boolean hosted;
    private volatile @Nullable Life life;
    private @Nullable T bean;
    private boolean up;
    private int lives;
    private int attempts;

    Service(Run run, String name, Function<Life, T> boot, boolean hosted) {
        this.run = run;
        this.name = name;
        this.boot = boot;
        this.hosted = hosted;
    }

    /**
     * Returns the service's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Returns what the present life's boot made.
     *
     * @return the front door of the service
     * @throws IllegalStateException while the service boots
     * @throws UsageException if the boot made nothing
     */
    public T get() {
        if (!up) {
            throw new IllegalStateException("The service '" + name + "' is not up: it boots at this moment.");
        }
        T present = bean;
        if (present == null) {
            throw new UsageException("The boot of '" + name
                    + "' returned null, so there is nothing to act on: let it return " + "the service's front door.");
        }
        return present;
    }

    /**
     * Returns the present life; for rooms that plug something into it.
     *
     * @return the last life that was booted; it may be dead
     * @throws IllegalStateException before the first boot
     */
    public Life life() {
        Life present = life;
        if (present == null) {
            throw new IllegalStateException("The service '" + name + "' was never booted.");
        }
        return present;
    }

    /**
     * Says whether this is an application that a framework of the test has started.
     *
     * @return whether it was hosted, and not booted by the scenario
     */
    public boolean isHosted() {
        return hosted;
    }

    boolean isUp() {
        return up && !life().isDead();
    }

    void retire() {
        if (life != null) {
            life.retire();
        }
    }

    int nextAttempt() {
        return ++attempts;
    }

    /** Boots until a boot is not cut. */
    void boot() {
        while (!isUp()) {
            up = false;
            bean = null;
            Life next = new Life(run, this, ++lives);
            life = next;
            int injected = run.injections().count();
            Run.Work before = run.enter(next, new Boot(name, lives));
            try {
                T made = boot.apply(next);
                if (!next.isDead()) {
                    bean = made;
                    up = true;
                    run.history().add(new Event.Booted(name, lives));
                }
            } catch (Crash crash) {
                if (!next.isDead()) {
                    throw crash;
                }
            } catch (RuntimeException failure) {
                if (run.injections().count() > injected) {
                    // A process that a fault keeps from starting ends, and is started again.
                    next.fail("in its start");
                } else if (!next.isDead()) {
                    throw lives == 1
                            ? failure
                            : new ServiceFailedException("'" + name + "' did not start again", failure);
                }
            } finally {
                run.leave(before);
            }
        }
    }

    private record Boot(String service, int life) implements Cause {

        @Override
        public String name() {
            return service + ".boot";
        }

        @Override
        public String title() {
            return "the start of " + service;
        }

        @Override
        public String start() {
            return "the start";
        }
    }
}
