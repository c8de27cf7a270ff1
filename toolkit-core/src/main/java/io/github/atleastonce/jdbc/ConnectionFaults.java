package io.github.atleastonce.jdbc;

import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.FaultSource;
import java.util.Set;
import org.apiguardian.api.API;

/** What may happen to the connections of an instrumented data source. */
@API(status = API.Status.INTERNAL)
public final class ConnectionFaults implements FaultSource {

    /** Creates the source; for the service loader. */
    public ConnectionFaults() {}

    @Override
    public Set<Fault> faults() {
        return Set.of(Fault.CONNECTION_LOST);
    }
}
