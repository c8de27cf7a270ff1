package io.github.atleastonce.process;

import io.github.atleastonce.history.Step;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The lives of a run that are processes of their own, and who attends to them. Safe for use by several threads. */
@API(status = API.Status.INTERNAL)
public final class OuterLives {

    private final Map<Lifetime, OuterLife> all = new LinkedHashMap<>(2);
    private volatile @Nullable Attendant attendant;

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
     * Says who attends to what the processes do. Where nobody does, no fault happens to them, and the claim says so.
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

    /** Waits until what processes did by themselves while nobody attended to them is over, as far as that is known. */
    public void awaitPolls() {
        List<OuterLife> lives;
        synchronized (this) {
            lives = List.copyOf(all.values());
        }
        lives.stream().filter(life -> !life.lifetime().isDead()).forEach(OuterLife::awaitPolls);
    }

    boolean stepped(Run run, Lifetime life, boolean effect, Supplier<Step> step) {
        Attendant present = attendant;
        if (present != null) {
            return present.stepped(life, effect, step);
        }
        run.history()
                .caveats()
                .remark("what the process of '" + life.service()
                        + "' does meets no fault: no transport of the run attends to it");
        return !life.isDead();
    }

    void attend(Lifetime life, Runnable begin, BooleanSupplier over) {
        Attendant present = attendant;
        if (present == null) {
            begin.run();
        } else {
            present.attend(life, begin, over);
        }
    }

    void started() {
        Attendant present = attendant;
        if (present != null) {
            present.started();
        }
    }

    boolean isAttendedTo() {
        Attendant present = attendant;
        return present != null && present.isThere();
    }

    synchronized OuterLife of(Run run, Lifetime life) {
        return all.computeIfAbsent(life, any -> new OuterLife(run, life, this));
    }
}
