package io.github.atleastonce.queue;

import io.github.atleastonce.channel.Ordering;
import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.contract.TransportContract;

/** Queues in which what is given back comes after all else. */
class UnorderedQueuesContractTests extends TransportContract {

    @Override
    protected TransportFactory transport() {
        return new Queues("in queues", new UnlimitedQueues.ToTheTail() {

            @Override
            public Ordering ordering() {
                return Ordering.NONE;
            }
        });
    }
}
