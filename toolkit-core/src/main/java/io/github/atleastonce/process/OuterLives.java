package io.github.atleastonce.process;

import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/** The lives of a run that are processes of their own, and who attends to them. Safe for use by several threads. */
@API(status = API.Status.INTERNAL)
public final class OuterLives {

    private final Map<Lifetime, OuterLife> all = new LinkedHashMap<>(2);
    private volatile Attendant attendant = (life, step) -> !life.isDead();

    private OuterLives() {}

    /**
     * Returns those of a run.
     *
     * @param run the run
     * @return the same for each call
     */
    public static OuterLives of(Run run) {
        return run.belonging(OuterLives.class, any -> new OuterLives());
    }

    /**
     * Says who attends to what the processes do; before, and where nobody does, no fault happens to them.
     *
     * @param transport attends to it from now on
     */
    public void attendedBy(Attendant transport) {
        attendant = transport;
    }

    /**
     * Lets the lives end whose processes have ended by themselves, as whoever supervises them would see it, and says so. Called by the run's own thread, which
     * lets them begin anew.
     *
     * @return these lives
     */
    public List<Lifetime> takeEnded() {
        List<OuterLife> ended;
        synchronized (this) {
            ended = all.values().stream().filter(OuterLife::hasEnded).toList();
        }
        ended.forEach(OuterLife::tellEnd);
        return ended.stream().map(OuterLife::lifetime).toList();
    }

    Attendant attendant() {
        return attendant;
    }

    synchronized OuterLife of(Run run, Lifetime life) {
        return all.computeIfAbsent(life, any -> new OuterLife(run, life, this));
    }
}
