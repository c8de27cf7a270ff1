package io.github.atleastonce.queue;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.contract.TransportContract;

/** Queues that count, and put aside what came too often. */
class QueuesContractTests extends TransportContract {

    @Override
    protected TransportFactory transport() {
        return new Queues("in queues", new MemoryQueues());
    }
}
