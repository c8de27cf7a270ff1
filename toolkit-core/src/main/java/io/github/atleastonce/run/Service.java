package io.github.atleastonce.run;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Ending;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.Moment;
import io.github.atleastonce.history.Part;
import io.github.atleastonce.state.Snapshot;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A service under test: a name, a lambda that boots it, and the life that it lives at present.
 *
 * @param <T> the type of what the lambda makes, the service's front door
 */
@API(status = API.Status.EXPERIMENTAL)
public final class Service<T> {

    private final Run run;
    private final String group;
    private final String name;
    private Function<Life, T> boot;
    private final boolean hosted;
    private final Lifetime.Owner owner = new Owner();
    private volatile @Nullable Lifetime life;
    private @Nullable T bean;
    private @Nullable T former;
    private boolean up;
    private int lives;
    private int attempts;

    Service(Run run, String group, String name, Function<Life, T> boot, boolean hosted) {
        this.run = run;
        this.group = group;
        this.name = name;
        this.boot = boot;
        this.hosted = hosted;
    }

    /** {@return the service's name} */
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
        run.history().used(new Part.Whole(name));
        return present;
    }

    /**
     * Boots each later life as the next release of the service, which has to get along with what the present one has left.
     *
     * @param next makes the next release, as the lambda at the service's registration makes the present one
     * @return this handle
     */
    public Service<T> thenAs(Function<Life, T> next) {
        run.history().has(new Part.Release(name, lives + 1));
        boot = next;
        return this;
    }

    /** Returns the present life, dead or alive. */
    Lifetime life() {
        Lifetime present = life;
        if (present == null) {
            throw new IllegalStateException("The service '" + name + "' was never booted.");
        }
        return present;
    }

    Lifetime.Owner owner() {
        return owner;
    }

    boolean isInGroup(String other) {
        return group.equals(other);
    }

    boolean isUp() {
        return up && !life().isDead();
    }

    void capture(Snapshot into) {
        if (hosted) {
            into.unseen("the application '" + name + "'");
        } else {
            into.text(name).memory(boot).memory(bean);
        }
    }

    void retire() {
        Lifetime last = life;
        if (last != null) {
            last.retire();
        }
    }

    int nextAttempt() {
        return ++attempts;
    }

    /** Boots until a boot is not cut. */
    void boot() {
        while (!isUp()) {
            run.refuseIfCutShort();
            up = false;
            bean = null;
            Lifetime next = new Lifetime(owner, name, ++lives);
            life = next;
            Ending ending = run.works().perform(next, Cause.boot(name), Works.Before.NOTHING, () -> boot(next));
            if (ending instanceof Ending.Threw threw) {
                throw refusal(threw.failure());
            }
        }
    }

    private void boot(Lifetime next) {
        int injected = run.faults().count();
        T made;
        try {
            made = boot.apply(new Life(run, next));
        } catch (RuntimeException failure) {
            if (run.faults().count() == injected) {
                throw failure;
            }
            // A process that a fault keeps from starting ends, and is started again.
            next.fail("in its start");
            return;
        }
        if (!next.isDead()) {
            if (made != null && made == former && !owner.isHosted()) {
                run.history()
                        .caveats()
                        .remark("memory of '" + name
                                + "' may outlive its crashes: its boot returned the same object twice");
            }
            former = made;
            bean = made;
            up = true;
            run.history().add(new Event.Booted(name, lives));
            if (lives == 1 && !owner.isHosted()) {
                run.history().has(new Part.Whole(name));
            }
        }
    }

    private RuntimeException refusal(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return lives == 1 && failure instanceof RuntimeException first
                ? first
                : new ServiceFailedException("'" + name + "' did not start" + (lives == 1 ? "" : " again"), failure);
    }

    private final class Owner implements Lifetime.Owner {

        @Override
        public String group() {
            return group;
        }

        @Override
        public Lifetime lifetime() {
            return life();
        }

        @Override
        public boolean isUp() {
            return Service.this.isUp();
        }

        @Override
        public boolean isHosted() {
            return hosted;
        }

        @Override
        public void died(Crash crash, Moment moment) {
            run.died(life(), crash, moment);
        }

        @Override
        public void revive() {
            boot();
        }
    }
}
