package io.github.atleastonce.queue;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.contract.TransportContract;

/** Queues that compare ids, and hand out one message at a time. */
class FirstInFirstOutContractTests extends TransportContract {

    @Override
    protected TransportFactory transport() {
        return new Queues("in queues", new FirstInFirstOutQueues());
    }
}
