package io.github.atleastonce.run;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.history.Step;
import io.github.atleastonce.place.StepPoint;
import io.github.atleastonce.schedule.Fault;
import java.util.function.BiConsumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The I/O steps of the lives of a run, after each of which the process may die or something else go on. */
@API(status = API.Status.INTERNAL)
public final class Steps {

    private final CurrentWork current;
    private final Faults faults;
    private final History history;
    private final Interleaving interleaving;
    private BiConsumer<Lifetime, @Nullable Step> listener = (life, step) -> {};

    Steps(CurrentWork current, Faults faults, History history, Interleaving interleaving) {
        this.current = current;
        this.faults = faults;
        this.history = history;
        this.interleaving = interleaving;
    }

    /**
     * Lets something come in after each step of a life that is at work, and before the first.
     *
     * @param next takes the life and its step, or null before the first
     */
    public void listen(BiConsumer<Lifetime, @Nullable Step> next) {
        listener = next;
    }

    /**
     * Takes note that a life has just done an I/O step.
     *
     * @param life the life
     * @param step the step; of the same name in each run
     * @throws Crash if the process dies right after it
     */
    public void done(Lifetime life, Step step) {
        current.refuseElsewhere(life, step::name);
        history.add(new Event.Stepped(current.actor(life), step));
        // A step that one life asked another for by a plain call is not cut: the crash would unwind the caller too.
        boolean own = current.isOf(life);
        if (!own && current.isAService() && faults.wants(Fault.CRASH)) {
            history.caveats()
                    .remark("'" + life.service() + "' is not cut where '"
                            + current.life().map(Lifetime::service).orElse("") + "' calls it");
        }
        if (own && faults.offersAtWork(Fault.CRASH)) {
            StepPoint point = new StepPoint(current.cause(), step, Fault.CRASH);
            if (faults.happens(point)) {
                throw life.die(point.moment());
            }
        }
        if (own) {
            listener.accept(life, step);
        }
        interleaving.stepped(step);
        life.refuseIfDead();
    }

    /**
     * Offers the death of a life before its present cause takes effect.
     *
     * @param life the life that may die
     * @return whether it died
     */
    public boolean mayDieBefore(Lifetime life) {
        if (faults.offers(Fault.CRASH)) {
            StepPoint point = new StepPoint(current.cause(), null, Fault.CRASH);
            if (faults.happens(point)) {
                life.die(point.moment());
                return true;
            }
        }
        listener.accept(life, null);
        return life.isDead();
    }
}
