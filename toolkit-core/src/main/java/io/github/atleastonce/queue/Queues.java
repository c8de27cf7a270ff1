package io.github.atleastonce.queue;

import io.github.atleastonce.channel.Capabilities;
import io.github.atleastonce.channel.Confirmation;
import io.github.atleastonce.channel.Distribution;
import io.github.atleastonce.channel.Transport;
import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.util.EnumSet;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Lets runs take place on the queues of a server. Immutable; runs follow each other.
 *
 * <pre>{@code
 * ScenarioRunner.of(Fault.DUPLICATE, Fault.CRASH).on(new Queues("on Artemis", new ArtemisServer(broker)))
 * }</pre>
 */
@API(status = API.Status.EXPERIMENTAL)
public final class Queues implements TransportFactory {

    private static final Set<Fault> FAULTS =
            Set.of(Fault.DUPLICATE, Fault.REDELIVERY, Fault.REORDER, Fault.DELAY, Fault.CONCURRENT, Fault.CRASH);

    private final String where;
    private final QueueServer server;

    /**
     * Names a server.
     *
     * @param where its name with its preposition, for messages: {@code on Artemis}
     * @param server the server, which outlives the runs
     */
    public Queues(String where, QueueServer server) {
        this.where = where;
        this.server = server;
    }

    @Override
    public Transport open(Run run) {
        server.purge();
        QueueTransport transport = new QueueTransport(run, server, capabilities());
        QueueTransports.of(run).add(transport);
        return transport;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                faults(),
                server.ordering(),
                Confirmation.EACH_MESSAGE,
                true,
                Distribution.ONE_CONSUMER,
                server.deliveryLimit(),
                server.countsDeliveries(),
                server.deduplicationWindow());
    }

    private Set<Fault> faults() {
        Set<Fault> faults = EnumSet.copyOf(FAULTS);
        if (!server.deduplicationWindow().isZero()) {
            faults.remove(Fault.DUPLICATE);
        }
        if (server.handsOutOneAtATime()) {
            faults.remove(Fault.CONCURRENT);
        }
        return faults;
    }

    @Override
    public Bounds bounds() {
        return Bounds.DEFAULT.withMaxFaults(1);
    }

    @Override
    public String toString() {
        return where;
    }
}
