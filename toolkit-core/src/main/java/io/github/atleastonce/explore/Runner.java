package io.github.atleastonce.explore;

import io.github.atleastonce.run.Run;
import java.util.function.LongSupplier;

/** Drives an {@link Exploration} in a plain loop, without a test framework. */
public final class Runner {

    /** A test body, given the run that it acts in. */
    @FunctionalInterface
    public interface Body {

        /**
         * Performs the body once.
         *
         * @param run the run to act in
         * @throws Exception what the body throws, a failed assertion included
         */
        void perform(Run run) throws Exception;
    }

    private static final LongSupplier TIME = System::nanoTime;

    private Runner() {}

    /**
     * Explores a body to its outcome.
     *
     * @param settings what to do
     * @param body the body
     * @return how it ended
     */
    public static Outcome explore(Settings settings, Body body) {
        Exploration exploration = new Exploration(settings, TIME);
        for (var trial = exploration.next(); trial.isPresent(); trial = exploration.next()) {
            perform(exploration, trial.get(), body);
        }
        return exploration
                .outcome()
                .orElseThrow(() -> new IllegalStateException("The exploration ended without an outcome."));
    }

    private static void perform(Exploration exploration, Trial trial, Body body) {
        Run run = trial.newRun();
        try {
            body.perform(run);
            exploration.check(trial, run);
        } catch (VirtualMachineError broken) {
            throw broken;
        } catch (Throwable failure) {
            exploration.failed(trial, run, failure);
            return;
        }
        exploration.passed(trial, run);
    }
}
