package io.github.atleastonce.run;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.history.Moment;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Offer;
import io.github.atleastonce.schedule.Option;
import io.github.atleastonce.state.Moments;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a run to rest: deliveries first, then the pollers, then what a DELAY holds or what is tried again, and only then is all
 * quiet, when things may still happen late.
 */
final class Quiescence {

    private final Bounds bounds;
    private final History history;
    private final Faults faults;
    private final Works works;
    private final Claims claims;
    private final Timers timers;
    private final Pollers pollers;
    private final Activity activities;
    private final List<Lifetime.Owner> owners;
    private final Moments moments;
    private boolean settling;
    private int settled;

    Quiescence(
            Bounds bounds,
            History history,
            Faults faults,
            Works works,
            Claims claims,
            Timers timers,
            Pollers pollers,
            Activity activities,
            List<Lifetime.Owner> owners,
            Moments moments) {
        this.bounds = bounds;
        this.history = history;
        this.faults = faults;
        this.works = works;
        this.claims = claims;
        this.timers = timers;
        this.pollers = pollers;
        this.activities = activities;
        this.owners = owners;
        this.moments = moments;
    }

    void settle() {
        if (settling) {
            throw history.caveats()
                    .refuse(new UsageException(
                            "settle() was called while it was settling already: call it from the body of the test, "
                                    + "not from a handler, poller, timer or claim."));
        }
        settling = true;
        try {
            toRest();
        } finally {
            settling = false;
        }
    }

    private void toRest() {
        settled++;
        claims.check();
        int work = 0;
        boolean waited = false;
        while (true) {
            moments.reached(waited ? "after a wait" : "settling");
            if (activities.advance() || tick()) {
                if (++work > bounds.maxDeliveries()) {
                    List<String> leftovers = new ArrayList<>(activities.leftovers());
                    leftovers.addAll(pollers.busy());
                    throw new NotSettledException(bounds, leftovers);
                }
            } else if (activities.holding()) {
                // Time passes while a message is held, and what that sets off is over before the message arrives.
                if (waited) {
                    activities.release();
                } else if (activities.backsOff()) {
                    timers.elapse(bounds.delay());
                    claims.check();
                } else {
                    timers.jump();
                    claims.check();
                }
                waited = !waited;
            } else {
                activities.settled();
                moments.reached("quiet");
                if (!somethingLate()) {
                    history.add(new Event.Settled(settled));
                    return;
                }
                claims.check();
            }
        }
    }

    private boolean tick() {
        boolean found = pollers.tick();
        if (found) {
            claims.check();
        }
        return found;
    }

    private boolean somethingLate() {
        boolean crash = faults.offers(Fault.CRASH);
        if (!crash && !faults.offers(Fault.DUPLICATE)) {
            return false;
        }
        List<Offer> late = new ArrayList<>();
        activities.offerLate(late::add);
        if (crash) {
            for (Lifetime.Owner owner : owners) {
                Lifetime life = owner.lifetime();
                String service = life.service();
                Option option = new Option(Fault.CRASH, service, () -> "crash of " + service + " while all is quiet");
                late.add(new Offer(option, () -> {
                    life.die(Moment.of("while all is quiet"));
                    works.revive(life);
                }));
            }
        }
        return !late.isEmpty() && faults.choose("quiet", late);
    }
}
