package io.github.atleastonce.junit;

import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Fault;
import java.util.Set;
import org.apiguardian.api.API;

/** An application that a framework of the test has started, and that all runs of a fault test go through. */
@API(status = API.Status.INTERNAL)
public interface TestedApplication {

    /**
     * Names what may happen to it whatever the transport is.
     *
     * @return the faults
     */
    Set<Fault> faults();

    /**
     * Takes part in a run, from now until the run is over. Called once for each run, on its thread, before the body gets its
     * scenario.
     *
     * @param run the run
     */
    void join(Run run);
}
