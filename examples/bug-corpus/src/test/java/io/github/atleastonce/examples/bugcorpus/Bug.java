package io.github.atleastonce.examples.bugcorpus;

import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRunner;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.Arrays;
import javax.sql.DataSource;

/** A known bug: what has it, what has not, and where it shows. */
public final class Bug {

    /** A test body for one of the two. */
    @FunctionalInterface
    public interface Body {

        /** Performs the body on a database. */
        void perform(Scenario scenario, DataSource db) throws Exception;
    }

    private final String id;
    private final String title;
    private final String step;
    private final Fault[] faults;
    private Bounds bounds = Bounds.DEFAULT.withTimeout(Duration.ofMinutes(2));
    private Body faulty = (scenario, db) -> {};
    private Body fixed = (scenario, db) -> {};

    private Bug(String id, String title, String step, Fault... faults) {
        this.id = id;
        this.title = title;
        this.step = step;
        this.faults = faults;
    }

    /** Describes a bug; the token of its failure must name the step. */
    public static Bug of(String id, String title, String step, Fault... faults) {
        return new Bug(id, title, step, faults);
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

    String id() {
        return id;
    }

    String title() {
        return title;
    }

    String step() {
        return step;
    }

    Body faulty() {
        return faulty;
    }

    Body fixed() {
        return fixed;
    }

    ScenarioRunner runner() {
        return ScenarioRunner.of(faults[0], Arrays.copyOfRange(faults, 1, faults.length))
                .within(bounds);
    }

    @Override
    public String toString() {
        return id + " " + title;
    }
}
