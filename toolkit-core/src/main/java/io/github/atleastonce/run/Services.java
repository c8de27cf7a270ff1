package io.github.atleastonce.run;

import io.github.atleastonce.history.Caveats;
import io.github.atleastonce.state.Captured;
import io.github.atleastonce.state.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/** The services of a run, in the order of their registration. */
@API(status = API.Status.INTERNAL)
public final class Services implements Captured {

    private final List<Service<?>> all = new ArrayList<>(2);
    private final List<Lifetime.Owner> owners = new ArrayList<>(2);
    private final Caveats caveats;

    Services(Caveats caveats) {
        this.caveats = caveats;
    }

    <T> Service<T> register(Service<T> service) {
        for (Service<?> other : all) {
            boolean isFree = !other.name().equals(service.name())
                    && !other.isInGroup(service.name())
                    && !service.isInGroup(other.name());
            if (isFree) {
                continue;
            }
            throw caveats.refuse(new UsageException("There is a service '" + service.name()
                    + "' already: give each service of a scenario its own name."));
        }
        all.add(service);
        owners.add(service.owner());
        service.boot();
        return service;
    }

    /**
     * Returns the service that the body of the test means when it names none: the application that a framework has started, or else
     * the only one.
     *
     * @return the service
     * @throws UsageException if there are several, or none
     */
    public Service<?> only() {
        for (Service<?> service : all) {
            if (service.owner().isHosted()) {
                return service;
            }
        }
        if (all.size() != 1) {
            throw new UsageException("attempt(action) wants exactly one service in the scenario, but there are "
                    + all.size() + ": name the one that acts with attempt(service, action).");
        }
        return all.get(0);
    }

    /**
     * Returns the present life of the application that a framework has started.
     *
     * @return the life, dead or alive
     * @throws IllegalStateException if there is none
     */
    public Lifetime hosted() {
        return owners.stream()
                .filter(Lifetime.Owner::isHosted)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No application was hosted in this run."))
                .lifetime();
    }

    /** {@return whether a service has several nodes} */
    public boolean haveNodes() {
        return owners.stream().anyMatch(owner -> owner.lifetime().isNode());
    }

    List<Lifetime.Owner> owners() {
        return owners;
    }

    @Override
    public void capture(Snapshot into) {
        all.forEach(service -> service.capture(into));
    }

    void retire() {
        for (Service<?> service : all) {
            service.retire();
        }
    }
}
