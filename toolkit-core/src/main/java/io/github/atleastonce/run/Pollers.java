package io.github.atleastonce.run;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.History;
import io.github.atleastonce.history.Part;
import io.github.atleastonce.history.WorkEvent;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Offer;
import io.github.atleastonce.schedule.Option;
import io.github.atleastonce.state.Captured;
import io.github.atleastonce.state.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What looks for work again and again, such as the relay of an outbox: ticked when all else is quiet, until it finds nothing. */
final class Pollers implements Captured {

    private final History history;
    private final Faults faults;
    private final Works works;
    private final List<Lifetime.Owner> owners;
    private Map<Lifetime, List<Poller>> pollers = Map.of();
    private final List<String> busy = new ArrayList<>(0);

    private final Set<Poller> ticking = new HashSet<>(0);

    private record Poller(String name, BooleanSupplier tick) {}

    Pollers(History history, Faults faults, Works works, List<Lifetime.Owner> owners) {
        this.history = history;
        this.faults = faults;
        this.works = works;
        this.owners = owners;
    }

    void add(Lifetime life, String name, BooleanSupplier tick) {
        if (pollers.isEmpty()) {
            pollers = new HashMap<>(2);
        }
        pollers.computeIfAbsent(life, any -> new ArrayList<>(1)).add(new Poller(name, tick));
        history.has(new Part.Poller(life.service(), name));
    }

    @Override
    public void capture(Snapshot into) {
        owners.forEach(owner -> pollers.getOrDefault(owner.lifetime(), List.of())
                .forEach(poller -> into.text(poller.name()).memory(poller.tick())));
    }

    void forget(Lifetime life) {
        if (!pollers.isEmpty()) {
            pollers.remove(life);
        }
    }

    /** Ticks each poller of each life once, and says whether one found work. */
    boolean tick() {
        if (pollers.isEmpty()) {
            return false;
        }
        busy.clear();
        boolean found = false;
        for (int i = 0; i < owners.size(); i++) {
            Lifetime life = owners.get(i).lifetime();
            List<Poller> own = pollers.getOrDefault(life, List.of());
            for (int j = 0; j < own.size() && !life.isDead() && !life.isStalled(); j++) {
                found |= !ticking.contains(own.get(j)) && tick(life, own.get(j));
            }
        }
        return found;
    }

    private boolean tick(Lifetime life, Poller poller) {
        int before = history.events().size();
        int injected = faults.count();
        boolean[] found = new boolean[1];
        ticking.add(poller);
        try {
            works.performByItself(
                    life,
                    Cause.partOf(life.service(), poller.name()),
                    () -> found[0] = poller.tick().getAsBoolean());
        } finally {
            ticking.remove(poller);
            if (found[0] || history.events().size() > before) {
                history.insert(before, new WorkEvent.Polled(life.service(), poller.name(), found[0]));
            }
        }
        if (found[0]) {
            busy.add(
                    "the poller '" + poller.name() + "' of '" + life.service() + "', which finds work again and again");
        }
        return found[0] || life.isDead() || faults.count() > injected;
    }

    /** Offers the ticks of all pollers to happen at the same time as something else: another instance may tick. */
    void offerConcurrent(Consumer<Offer> offers) {
        for (Lifetime.Owner owner : owners) {
            Lifetime life = owner.lifetime();
            if (owner.isUp() && !life.isStalled()) {
                for (Poller poller : pollers.getOrDefault(life, List.of())) {
                    // A node does not tick beside itself: it is the other nodes that do.
                    if (life.isNode() && ticking.contains(poller)) {
                        continue;
                    }
                    Cause cause = Cause.partOf(life.service(), poller.name());
                    offers.accept(new Offer(
                            new Option(Fault.CONCURRENT, cause.name(), () -> cause.title() + " at the same time"),
                            () -> tick(life, poller)));
                }
            }
        }
    }

    /** Names the pollers that found work when they were ticked last. */
    List<String> busy() {
        return busy;
    }
}
