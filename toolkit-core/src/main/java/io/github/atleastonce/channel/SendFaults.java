package io.github.atleastonce.channel;

import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.schedule.FaultSource;
import java.util.Set;
import org.apiguardian.api.API;

/** What may happen to the sends of a service. */
@API(status = API.Status.INTERNAL)
public final class SendFaults implements FaultSource {

    /** Creates the source; for the service loader. */
    public SendFaults() {}

    @Override
    public Set<Fault> faults() {
        return Set.of(Fault.SEND_FAILED, Fault.SEND_UNCERTAIN);
    }
}
