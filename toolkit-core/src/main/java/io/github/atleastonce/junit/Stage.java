package io.github.atleastonce.junit;

import io.github.atleastonce.channel.Transports;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.scenario.Scenario;
import java.util.List;

/**
 * Where the runs of a test take place, and how they are shown.
 *
 * @param transports makes the transports of each run
 * @param applications what frameworks have started
 * @param failures makes what shows an outcome
 * @param where the annotation and the method, for messages
 */
record Stage(Transports transports, List<TestedApplication> applications, Failures failures, String where) {

    Scenario open(Run run) {
        Scenario scenario = Scenario.open(run, transports);
        applications.forEach(application -> application.join(run));
        return scenario;
    }
}
