package io.github.atleastonce.queue;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.contract.TransportContract;

/** Queues that try for ever. */
class UnlimitedQueuesContractTests extends TransportContract {

    @Override
    protected TransportFactory transport() {
        return new Queues("in queues", new UnlimitedQueues());
    }
}
