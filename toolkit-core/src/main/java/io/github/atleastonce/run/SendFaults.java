package io.github.atleastonce.run;

import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.FaultSource;
import java.util.Set;

/** What may happen to the sends of a service. */
public final class SendFaults implements FaultSource {

    /** Creates the source; for the service loader. */
    public SendFaults() {}

    @Override
    public Set<Fault> faults() {
        return Set.of(Fault.SEND_FAILED, Fault.SEND_UNCERTAIN);
    }
}
