package io.github.atleastonce.journey;

import io.github.atleastonce.report.Journey;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.scenario.Scenario;
import io.github.atleastonce.scenario.ScenarioRun;
import io.github.atleastonce.schedule.ScheduleToken;
import org.apiguardian.api.API;
import org.assertj.core.api.AssertProvider;

/**
 * The way that messages take through the services of a scenario. Hand it to AssertJ's {@code assertThat}.
 *
 * <pre>{@code
 * assertThat(Journeys.of(scenario)).areAsIn("src/test/journeys/orders.mmd");
 * }</pre>
 *
 * <p>Used on the thread of the test.
 */
@API(status = API.Status.EXPERIMENTAL)
public final class Journeys implements AssertProvider<JourneysAssert> {

    private final Scenario scenario;

    private Journeys(Scenario scenario) {
        this.scenario = scenario;
    }

    /**
     * Looks at the journeys of a scenario.
     *
     * @param scenario the scenario
     * @return its journeys
     */
    public static Journeys of(Scenario scenario) {
        return new Journeys(scenario);
    }

    /**
     * Draws what happened so far in this run.
     *
     * @return a flowchart of Mermaid
     */
    public String mermaid() {
        return present().mermaid();
    }

    /**
     * Shows what happened so far in this run as a page, for a browser.
     *
     * @param title what stands above it
     * @return a document of HTML that needs nothing else
     */
    public String html(String title) {
        return present().html(title);
    }

    /**
     * Lets all come to rest, and looks.
     *
     * @throws io.github.atleastonce.run.NotSettledException if it does not come to rest within its bound
     */
    @Override
    public JourneysAssert assertThat() {
        scenario.settle();
        return new JourneysAssert(this);
    }

    Journey present() {
        return Journey.of(
                scenario.history(), new ScheduleToken(run().schedule().trace().deviations()));
    }

    Run run() {
        return ScenarioRun.of(scenario);
    }

    @Override
    public String toString() {
        return present().toString();
    }
}
