package io.github.atleastonce.run;

import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.history.Part;
import io.github.atleastonce.history.WorkEvent;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Durations;
import io.github.atleastonce.task.Action;
import io.github.atleastonce.task.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the lives of a run want to do later, and the passing of time that makes it due. */
final class Timers {

    private final VirtualClock<Alarm> clock = new VirtualClock<>();
    private final Bounds bounds;
    private final History history;
    private final Works works;

    /** Its state is told by the name of its service. */
    private record Alarm(Lifetime life, String service, Action action) {}

    Timers(Bounds bounds, History history, Works works) {
        this.bounds = bounds;
        this.history = history;
        this.works = works;
    }

    VirtualClock<Alarm> clock() {
        return clock;
    }

    Runnable after(Duration delay, Lifetime life, Action action) {
        history.has(new Part.Timer(life.service()));
        VirtualClock.Timer<Alarm> timer = clock.schedule(delay, new Alarm(life, life.service(), action));
        return () -> clock.forget(other -> other.what() == timer.what());
    }

    void forget(Lifetime life) {
        clock.forget(timer -> timer.what().life() == life);
    }

    /** Lets pass what it takes until the next timer is due, or else what a DELAY takes. */
    void jump() {
        elapse(clock.nextJump(bounds.delay()));
    }

    void elapse(Duration time) {
        if (time.isNegative() || time.compareTo(Durations.LONGEST) > 0) {
            throw new UsageException("elapse wants a duration that is not negative, of " + Durations.LONGEST.toDays()
                    + " days at the most, but got " + time + ".");
        }
        history.add(new Event.Elapsed(time));
        Instant target = clock.now().plus(time);
        List<Alarm> missed = new ArrayList<>(0);
        int fired = 0;
        for (var timer = clock.moveTo(target); timer != null; timer = clock.moveTo(target)) {
            Lifetime life = timer.what().life();
            if (life.isStalled()) {
                missed.add(timer.what());
                continue;
            }
            if (++fired > bounds.maxDeliveries()) {
                throw new NotSettledException(
                        bounds, List.of("a timer of '" + life.service() + "' that fires again and again"));
            }
            history.add(new WorkEvent.TimerFired(life.service()));
            works.performByItself(
                    life, Cause.partOf(life.service(), "timer"), timer.what().action());
            works.conclude(life);
        }
        missed.forEach(alarm -> clock.schedule(Duration.ZERO, alarm));
    }
}
