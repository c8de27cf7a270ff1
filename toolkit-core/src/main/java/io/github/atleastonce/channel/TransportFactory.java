package io.github.atleastonce.channel;

import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Bounds;

/** Makes the transport of each run. */
public interface TransportFactory {

    /** Makes in-memory transports. */
    TransportFactory IN_MEMORY = new TransportFactory() {

        @Override
        public Transport open(Run run) {
            return new InMemoryTransport(run);
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
     * Returns the bounds that suit this transport where the test says nothing else.
     *
     * @return the default bounds
     */
    Bounds bounds();
}
