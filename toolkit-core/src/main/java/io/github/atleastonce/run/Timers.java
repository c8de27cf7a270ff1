package io.github.atleastonce.run;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.history.WorkEvent;
import io.github.atleastonce.schedule.Bounds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the lives of a run want to do later, and the passing of time that makes it due. */
final class Timers {

    private final ScenarioClock clock = new ScenarioClock();
    private final Bounds bounds;
    private final History history;
    private final Works works;

    Timers(Bounds bounds, History history, Works works) {
        this.bounds = bounds;
        this.history = history;
        this.works = works;
    }

    ScenarioClock clock() {
        return clock;
    }

    Runnable after(Duration delay, Lifetime life, Action action) {
        ScenarioClock.Timer timer = clock.schedule(delay, life, action);
        return () -> clock.cancel(timer);
    }

    void forget(Lifetime life) {
        clock.forget(life);
    }

    /** Lets pass what it takes until the next timer is due, or else what a DELAY takes. */
    void jump() {
        elapse(clock.nextJump(bounds.delay()));
    }

    void elapse(Duration time) {
        if (time.isNegative()) {
            throw new UsageException("elapse wants a duration that is not negative, but got " + time + ".");
        }
        history.add(new Event.Elapsed(time));
        Instant target = clock.instant().plus(time);
        int fired = 0;
        for (ScenarioClock.Timer timer = clock.moveTo(target); timer != null; timer = clock.moveTo(target)) {
            if (++fired > bounds.maxDeliveries()) {
                throw new NotSettledException(
                        bounds, List.of("a timer of '" + timer.life().service() + "' that fires again and again"));
            }
            Lifetime life = timer.life();
            history.add(new WorkEvent.TimerFired(life.service()));
            works.performByItself(life, new NamedCause(life.service(), "timer"), timer.action());
            works.conclude(life);
        }
    }
}
