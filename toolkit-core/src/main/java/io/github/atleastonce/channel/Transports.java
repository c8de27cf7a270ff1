package io.github.atleastonce.channel;

import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/** The transports that carry the messages of a run side by side: each channel goes to the one that declares it. */
@API(status = API.Status.INTERNAL)
public final class Transports {

    private final List<TransportFactory> factories;

    private Transports(List<TransportFactory> factories) {
        this.factories = factories;
    }

    /**
     * Puts transports side by side.
     *
     * @param factories makes one each; at least one
     * @return all of them
     */
    public static Transports of(List<TransportFactory> factories) {
        if (factories.isEmpty()) {
            throw new IllegalArgumentException("A run wants at least one transport.");
        }
        return new Transports(List.copyOf(factories));
    }

    /**
     * Adds one.
     *
     * @param factory makes it
     * @return these and the new one
     */
    public Transports and(TransportFactory factory) {
        List<TransportFactory> more = new ArrayList<>(factories);
        more.add(factory);
        return new Transports(List.copyOf(more));
    }

    /**
     * Opens all of them for a run, which they join.
     *
     * @param run the run
     * @return the transports of that run
     */
    public List<Transport> open(Run run) {
        if (factories.size() == 1) {
            Transport only = factories.get(0).open(run);
            run.join(only);
            return List.of(only);
        }
        List<Transport> open = new ArrayList<>(factories.size());
        for (TransportFactory factory : factories) {
            Transport transport = factory.open(run);
            run.join(transport);
            open.add(transport);
        }
        return open;
    }

    /**
     * Names what may lawfully go wrong on at least one of them; each offers what it declares itself, and what is named of that which happens only to applications
     * that the body of a test starts.
     *
     * @param named what the test names
     * @return a modifiable copy
     */
    public Set<Fault> faults(Set<Fault> named) {
        Set<Fault> all = EnumSet.noneOf(Fault.class);
        factories.forEach(factory -> all.addAll(factory.inContexts()));
        all.retainAll(named);
        factories.forEach(factory -> all.addAll(factory.capabilities().faults()));
        return all;
    }

    /**
     * Names what a test gets only if it asks for it by name.
     *
     * @return a modifiable copy
     */
    public Set<Fault> onlyIfNamed() {
        Set<Fault> all = EnumSet.noneOf(Fault.class);
        factories.forEach(factory -> all.addAll(factory.onlyIfNamed()));
        return all;
    }

    /**
     * Names what happens only where a service has several nodes, on whichever of them it happens.
     *
     * @return a modifiable copy
     */
    public Set<Fault> amongNodes() {
        Set<Fault> all = EnumSet.noneOf(Fault.class);
        factories.forEach(factory -> all.addAll(factory.amongNodes()));
        for (TransportFactory factory : factories) {
            all.removeIf(fault -> factory.capabilities().faults().contains(fault)
                    && !factory.amongNodes().contains(fault));
        }
        return all;
    }

    /**
     * Returns the bounds that suit the slowest of them.
     *
     * @return those with the fewest faults
     */
    public Bounds bounds() {
        return factories.stream()
                .map(TransportFactory::bounds)
                .min(Comparator.comparingInt(Bounds::maxFaults))
                .orElseThrow();
    }

    @Override
    public String toString() {
        return factories.stream().map(Object::toString).collect(Collectors.joining(" and "));
    }
}
