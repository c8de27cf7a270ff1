package io.github.atleastonce.explore;

import io.github.atleastonce.run.Run;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apiguardian.api.API;

/** Drives an {@link Exploration} in a plain loop, without a test framework. */
@API(status = API.Status.INTERNAL)
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
        return explore(settings, TIME, body, trial -> {});
    }

    /**
     * Explores a body to its outcome, and lets somebody watch.
     *
     * @param settings what to do
     * @param nanoTime tells the time in nanoseconds, for the bound {@code timeout}
     * @param body the body
     * @param watcher gets each trial when its run is over
     * @return how it ended
     */
    public static Outcome explore(Settings settings, LongSupplier nanoTime, Body body, Consumer<Trial> watcher) {
        Exploration exploration = new Exploration(settings, nanoTime);
        for (var trial = exploration.next(); trial.isPresent(); trial = exploration.next()) {
            perform(trial.get(), body);
            watcher.accept(trial.get());
        }
        return exploration
                .outcome()
                .orElseThrow(() -> new IllegalStateException("The exploration ended without an outcome."));
    }

    private static void perform(Trial trial, Body body) {
        try {
            trial.begins();
            try {
                body.perform(trial.run());
            } finally {
                trial.ends();
            }
            trial.check();
        } catch (VirtualMachineError broken) {
            throw broken;
        } catch (Throwable failure) {
            trial.failed(failure);
            return;
        }
        trial.passed();
    }
}
