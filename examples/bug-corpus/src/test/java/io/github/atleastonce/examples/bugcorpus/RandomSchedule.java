package io.github.atleastonce.examples.bugcorpus;

import io.github.atleastonce.schedule.ChoicePoint;
import io.github.atleastonce.schedule.Schedule;
import io.github.atleastonce.schedule.Trace;
import java.util.SplittableRandom;

/**
 * Faults by chance, as the tools of chaos engineering and seeded tests have them: at each place the same probability, whatever happened before. A seed
 * is a schedule; there is no bound on the faults of one but what ends a run that would go on for ever.
 */
final class RandomSchedule implements Schedule {

    /** After so many faults a run is left alone, since one that dies at each start would never end. */
    private static final int ENOUGH = 50;

    private final SplittableRandom random;
    private final double probability;
    private final Trace trace = new Trace();
    private int faults;

    RandomSchedule(long seed, double probability) {
        this.random = new SplittableRandom(seed);
        this.probability = probability;
    }

    @Override
    public boolean armed() {
        return faults < ENOUGH;
    }

    @Override
    public int choose(ChoicePoint point) {
        int choice = random.nextDouble() < probability ? 1 + random.nextInt(point.options()) : 0;
        faults += choice > 0 ? 1 : 0;
        trace.add(point, choice);
        return choice;
    }

    @Override
    public Trace trace() {
        return trace;
    }

    int faults() {
        return faults;
    }
}
