package io.github.atleastonce.examples.bugcorpus;

import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** A known bug: what has it, what has not, and where it shows. */
public final class Bug {

    /** A test body for one of the two. */
    @FunctionalInterface
    public interface Body {

        /** Performs the body on a database. */
        void perform(Scenario scenario, DataSource db) throws Exception;
    }

    private final KnownBug known;
    private final String step;
    private final Fault[] faults;
    private Bounds bounds = Bounds.DEFAULT.withTimeout(Duration.ofMinutes(2));
    private boolean takesFault = true;
    private Body faulty = (scenario, db) -> {};
    private Body fixed = (scenario, db) -> {};

    private Bug(KnownBug known, String step, Fault... faults) {
        this.known = known;
        this.step = step;
        this.faults = faults;
    }

    /**
     * Describes the bug of a sample. The class or its package says which one it is; the token of its failure must name the step.
     *
     * @throws IllegalArgumentException if neither has a {@link KnownBug}
     */
    public static Bug of(Class<?> sample, String step, Fault... faults) {
        KnownBug known = sample.getAnnotation(KnownBug.class);
        if (known == null) {
            known = sample.getPackage().getAnnotation(KnownBug.class);
        }
        if (known == null) {
            throw new IllegalArgumentException("The package-info of " + sample.getPackageName()
                    + " wants a @KnownBug that says which bug it has.");
        }
        return new Bug(known, step, faults);
    }

    /** Says what has the bug. */
    public Bug faulty(Body body) {
        faulty = body;
        return this;
    }

    /** Says what has not. */
    public Bug fixed(Body body) {
        fixed = body;
        return this;
    }

    /** Gives up on a message that fails once. */
    public Bug withoutRetries() {
        bounds = bounds.withMaxAttempts(1);
        return this;
    }

    /** Says that it shows where nothing goes wrong, too. */
    public Bug withoutAnyFault() {
        takesFault = false;
        return this;
    }

    boolean takesFault() {
        return takesFault;
    }

    String id() {
        return known.id();
    }

    String step() {
        return step;
    }

    String title() {
        return known.title();
    }

    String metIn() {
        return known.metIn();
    }

    Set<Fault> faults() {
        return EnumSet.copyOf(List.of(faults));
    }

    Bounds bounds() {
        return bounds;
    }

    Body faulty() {
        return faulty;
    }

    Body fixed() {
        return fixed;
    }

    /** Runs under the faults that the bug takes, up to so many at once. */
    ScenarioRunner runner(int maxFaults) {
        return ScenarioRunner.of(faults[0], Arrays.copyOfRange(faults, 1, faults.length))
                .within(bounds.withMaxFaults(maxFaults));
    }

    /** Runs what {@code @FaultTest} takes by itself: one fault first, then two for as long as the budget lasts. */
    static ScenarioRunner wide(Duration budget) {
        EnumSet<Fault> rest = EnumSet.complementOf(EnumSet.of(Fault.DUPLICATE, Fault.DROP, Fault.RESPONSE_SLOW));
        return ScenarioRunner.of(Fault.DUPLICATE, rest.toArray(Fault[]::new)).withBudget(budget);
    }

    @Override
    public String toString() {
        return known.id() + " " + known.title();
    }
}
