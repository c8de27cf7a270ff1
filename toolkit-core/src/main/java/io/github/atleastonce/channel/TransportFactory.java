package io.github.atleastonce.channel;

import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import java.util.Set;
import org.apiguardian.api.API;

/** Makes the transport of each run: an extension point. Its {@code toString()} names the transport in messages, with its preposition: {@code in memory}. */
@API(status = API.Status.INTERNAL)
public interface TransportFactory {

    /** Makes in-memory transports. */
    TransportFactory IN_MEMORY = new TransportFactory() {

        @Override
        public Transport open(Run run) {
            return new InMemoryTransport(run);
        }

        @Override
        public Capabilities capabilities() {
            return InMemoryTransport.CAPABILITIES;
        }

        @Override
        public Set<Fault> amongNodes() {
            return InMemoryTransport.AMONG_NODES;
        }

        @Override
        public Bounds bounds() {
            return Bounds.DEFAULT;
        }

        @Override
        public String toString() {
            return "in memory";
        }
    };

    /**
     * Opens a transport for a run.
     *
     * @param run the run
     * @return the transport
     */
    Transport open(Run run);

    /**
     * Declares what may lawfully go wrong on the transports of this factory.
     *
     * @return the capabilities
     */
    Capabilities capabilities();

    /**
     * Names what a test gets only if it asks for it by name: what may happen on this transport, and what becomes of it is nowhere said.
     *
     * @return faults among those that are declared
     */
    default Set<Fault> onlyIfNamed() {
        return Set.of();
    }

    /**
     * Names what happens only where a service has several nodes.
     *
     * @return faults among those that are declared
     */
    default Set<Fault> amongNodes() {
        return Set.of();
    }

    /**
     * Names what happens only to applications that the body of a test starts, such as Spring contexts that are nodes: nobody knows before that there are any.
     * A test that names such a fault is taken at its word, and fails if there was no place for it.
     *
     * @return faults that are not declared
     */
    default Set<Fault> inContexts() {
        return Set.of();
    }

    /**
     * Returns the bounds that suit this transport where the test says nothing else.
     *
     * @return the default bounds
     */
    Bounds bounds();
}
