package io.github.atleastonce.run;

import io.github.atleastonce.schedule.ChoicePoint;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets several things happen at once, one of them moving at a time: the turn is handed on only after an I/O step, when the
 * schedule says so, or when its holder has to wait for what another one holds. Each handing on by the schedule is one fault,
 * so few are tried first (the idea of bounding pre-emptions is CHESS's, Musuvathi and Qadeer 2007).
 */
final class Interleaving {

    /** How many things happen at once at the most. */
    private static final int MOST = 3;

    private final Run run;
    private final TurnTaking turns;
    /** The first strand has ended and only waits for the others, so there is nothing in which it could go on. */
    private boolean finishing;

    Interleaving(Run run, TurnTaking turns) {
        this.run = run;
        this.turns = turns;
    }

    /**
     * Comes here before the first step of a cause that began alone: where every interleaving is wanted, another may take the first
     * step. The same thing twice is the same whichever of the two comes first.
     */
    void beginning() {
        if (run.bounds().everyInterleaving() && !turns.isActive() && turns.isMyTurn()) {
            offerTurns(null);
        }
    }

    /** Comes here after each step: lets the schedule hand the turn on. */
    void stepped(String step) {
        turns.comeBack();
        turns.awaitStuck();
        offerTurns(step);
    }

    private void offerTurns(@Nullable String step) {
        turns.holder().chosen = false;
        while (run.offersTurns()) {
            List<Activity.Late> offers = offers(step);
            if (offers.isEmpty()) {
                return;
            }
            int choice = run.choose(new TurnPoint(
                    run.cause(),
                    step,
                    offers.stream().map(Activity.Late::option).toList()));
            if (choice == 0) {
                return;
            }
            offers.get(choice - 1).effect().run();
            turns.awaitStuck();
        }
    }

    /** Lets everything that began beside the first strand come to its end. */
    void finish() {
        if (!turns.isActive() || !turns.isFirst()) {
            return;
        }
        finishing = true;
        try {
            finishOthers();
        } finally {
            finishing = false;
        }
        turns.disband().forEach(Interleaving::rethrow);
    }

    private void finishOthers() {
        long bound = run.bounds().settleTimeout().toMillis() / TurnTaking.POLL_MILLIS;
        for (long polls = 0; !turns.othersAreDone(); polls++) {
            turns.awaitStuck();
            Strand next = turns.next();
            if (next != null) {
                turns.handTo(next);
            } else if (polls > bound) {
                throw new NotSettledException("settleTimeout = " + run.bounds().settleTimeout(), turns.unfinished());
            } else {
                LockSupport.parkNanos(TurnTaking.POLL_MILLIS * 1_000_000);
            }
        }
    }

    private List<Activity.Late> offers(@Nullable String step) {
        List<Activity.Late> offers = new ArrayList<>();
        // Whom the schedule gave the turn takes a step with it: to hand it on at once would be what was offered there
        // already.
        if (!turns.holder().chosen) {
            for (Strand strand : turns.parked()) {
                if (!(finishing && turns.isFirst(strand))) {
                    String phrase = strand.work.cause().title() + " goes on meanwhile";
                    offers.add(
                            new Activity.Late(new Option(Fault.CONCURRENT, strand.name, phrase), () -> choose(strand)));
                }
            }
        }
        if (run.offersAtWork(Fault.CONCURRENT) && turns.size() < MOST) {
            List<Activity.Late> begins = new ArrayList<>();
            run.offerConcurrent(begins::add);
            for (Activity.Late late : begins) {
                if (step != null || isAnother(late.option().argument())) {
                    offers.add(new Activity.Late(late.option(), () -> begin(late)));
                }
            }
        }
        return offers;
    }

    private boolean isAnother(String name) {
        return !name.isEmpty() && !name.equals(run.cause().name());
    }

    private void choose(Strand strand) {
        run.injections().turned();
        strand.chosen = true;
        turns.handTo(strand);
    }

    private void begin(Activity.Late late) {
        String argument = late.option().argument();
        turns.begin(argument.isEmpty() ? "again" : argument, late.effect());
    }

    private static void rethrow(Strand strand) {
        if (strand.failure instanceof Crash crash && crash.life().isDead()) {
            return;
        }
        if (strand.failure instanceof Error error) {
            throw error;
        }
        if (strand.failure instanceof RuntimeException failure) {
            throw failure;
        }
    }

    private record TurnPoint(Cause cause, @Nullable String step, List<Option> offers) implements ChoicePoint {

        @Override
        public String name() {
            return step == null ? cause.name() : cause.name() + "/" + step;
        }

        @Override
        public int options() {
            return offers.size();
        }

        @Override
        public Option option(int choice) {
            return offers.get(choice - 1);
        }
    }
}
