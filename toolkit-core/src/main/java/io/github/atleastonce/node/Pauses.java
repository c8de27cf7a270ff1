package io.github.atleastonce.node;

import io.github.atleastonce.history.Step;
import io.github.atleastonce.place.StepPoint;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Fault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets a node stall at a step, as a long collection of garbage does: time passes, its leases and its session run out, the others take over, and then it
 * goes on with what it believed.
 */
final class Pauses {

    private final Run run;
    private final Map<String, Lifetime> nodes = new LinkedHashMap<>();

    Pauses(Run run) {
        this.run = run;
        run.steps().listen(this::mayStall);
    }

    /** Takes note of the present life of a node. */
    void booted(Lifetime life) {
        nodes.put(life.service(), life);
    }

    private boolean hasOthers(Lifetime life) {
        return nodes.values().stream()
                .anyMatch(other ->
                        other != life && other.group().equals(life.group()) && !other.isDead() && !other.isStalled());
    }

    private void mayStall(Lifetime life, @Nullable Step step) {
        boolean possible =
                run.faults().offersAtWork(Fault.PAUSE) && life.isNode() && !life.isStalled() && hasOthers(life);
        if (possible && run.faults().happens(new StepPoint(run.current().cause(), step, Fault.PAUSE))) {
            life.stall(true);
            try {
                run.current().tasks().start("the others", () -> goOn(life));
            } finally {
                life.stall(false);
            }
        }
    }

    /** Lets the others do what there is to do. They wait for what the one that stalls has locked, which then goes on first. */
    private void goOn(Lifetime stalled) {
        run.elapse(run.bounds().delay());
        for (int work = 0; run.advance(); work++) {
            if (work > run.bounds().maxDeliveries()) {
                throw new NotSettledException(
                        "maxDeliveries = " + run.bounds().maxDeliveries(),
                        List.of("the other nodes while '" + stalled.service() + "' stalls"));
            }
        }
    }
}
