package io.github.atleastonce.scenario;

import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.state.Looks;
import java.util.List;
import java.util.Optional;
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

    /**
     * Returns what lies in a channel since the run began.
     *
     * @param scenario the scenario
     * @param channel the channel's name
     * @return the messages, in order within each partition; empty if nobody knows the channel
     */
    public static Optional<List<StoredMessage>> contents(Scenario scenario, String channel) {
        looksAtContents(scenario);
        return scenario.carrierOf(channel).contents(channel);
    }

    /**
     * Takes note that the test looks at all that lies on channels, so that two states differ if that does.
     *
     * @param scenario the scenario
     */
    public static void looksAtContents(Scenario scenario) {
        scenario.run().belonging(Looks.class, any -> new Looks()).atContents();
    }
}
