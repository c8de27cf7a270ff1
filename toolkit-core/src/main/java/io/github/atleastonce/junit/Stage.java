package io.github.atleastonce.junit;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.scenario.Scenario;
import java.util.List;

/**
 * Where the runs of a test take place.
 *
 * @param transport makes the transport of each run
 * @param applications what frameworks have started
 */
record Stage(TransportFactory transport, List<TestedApplication> applications) {

    Scenario open(Run run) {
        Scenario scenario = Scenario.open(run, transport);
        applications.forEach(application -> application.join(run));
        return scenario;
    }
}
