package io.github.atleastonce.junit;

import io.github.atleastonce.channel.Transports;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.scenario.Scenario;
import java.util.List;

/**
 * Where the runs of a test take place.
 *
 * @param transports makes the transports of each run
 * @param applications what frameworks have started
 */
record Stage(Transports transports, List<TestedApplication> applications) {

    Scenario open(Run run) {
        Scenario scenario = Scenario.open(run, transports);
        applications.forEach(application -> application.join(run));
        return scenario;
    }
}
