package io.github.atleastonce.evolution;

import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.FaultSource;
import java.util.Set;
import org.apiguardian.api.API;

/** What may happen to events of which there are older versions. */
@API(status = API.Status.INTERNAL)
public final class EvolutionFaults implements FaultSource {

    /** Creates the source; for the service loader. */
    public EvolutionFaults() {}

    @Override
    public Set<Fault> faults() {
        return Set.of(Fault.OLD_SCHEMA);
    }
}
