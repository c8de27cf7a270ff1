package io.github.atleastonce.kafka;

import io.github.atleastonce.history.Step;
import io.github.atleastonce.process.Attendant;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.NotSettledException;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Bound;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What processes do by themselves, attended to as what comes by the proxy is. */
final class WireAttendant implements Attendant {

    private final Run run;
    private final WireTurns turns;
    private final Attendance attendance;

    WireAttendant(Run run, WireTurns turns, Attendance attendance) {
        this.attendance = attendance;
        this.run = run;
        this.turns = turns;
    }

    @Override
    public boolean stepped(Lifetime life, boolean effect, Supplier<Step> step) {
        return turns.stepped(life, effect, step);
    }

    @Override
    public void attend(Lifetime life, Runnable begin, BooleanSupplier over) {
        turns.attending(() -> {
            turns.actsAlone(life);
            try {
                awaitEnd(life, begin, over);
            } finally {
                turns.actsAlone(null);
            }
            return true;
        });
    }

    private void awaitEnd(Lifetime life, Runnable begin, BooleanSupplier over) {
        long since = System.nanoTime();
        begin.run();
        while (!life.isDead() && !over.getAsBoolean()) {
            if (turns.decide()) {
                since = System.nanoTime();
            } else if (System.nanoTime() - since > run.bounds().settleTimeout().toNanos()) {
                String title = run.current().cause().title();
                throw new NotSettledException(Bound.SETTLE_TIMEOUT.in(run.bounds()), List.of(title));
            }
        }
    }

    @Override
    public void started() {
        turns.started();
    }

    @Override
    public boolean isThere() {
        synchronized (turns) {
            return attendance.isExpected(run.bounds().arrivalTimeout());
        }
    }
}
