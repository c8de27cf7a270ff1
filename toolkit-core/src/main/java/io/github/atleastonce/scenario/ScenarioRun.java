package io.github.atleastonce.scenario;

import io.github.atleastonce.run.Run;
import org.apiguardian.api.API;

/** Gives rooms that build on a scenario the run behind it, which tests have no use for. */
@API(status = API.Status.INTERNAL)
public final class ScenarioRun {

    private ScenarioRun() {}

    /**
     * Returns the run behind a scenario.
     *
     * @param scenario the scenario
     * @return its run
     */
    public static Run of(Scenario scenario) {
        return scenario.run();
    }
}
