package io.github.atleastonce.check;

import io.github.atleastonce.scenario.Scenario;

/** Entry point for assertions about a scenario; import it statically beside AssertJ's own. */
public final class ScenarioAssertions {

    private ScenarioAssertions() {}

    /**
     * Begins assertions about a scenario.
     *
     * @param scenario the scenario
     * @return the assertions
     */
    public static ScenarioAssert assertThat(Scenario scenario) {
        return new ScenarioAssert(scenario);
    }
}
