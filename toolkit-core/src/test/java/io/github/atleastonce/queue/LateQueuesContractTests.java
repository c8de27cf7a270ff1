package io.github.atleastonce.queue;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.contract.TransportContract;
import java.util.Optional;

/** Queues of a server that counts late, and hands over what lies there only when it is asked again: brokers do both. */
class LateQueuesContractTests extends TransportContract {

    private static final class LateQueues extends MemoryQueues {

        private int asked;

        @Override
        public synchronized Optional<InHand> take(String queue) {
            return asked++ % 2 == 0 ? Optional.empty() : super.take(queue);
        }

        @Override
        public synchronized long size(String queue) {
            return 0;
        }
    }

    @Override
    protected TransportFactory transport() {
        return new Queues("in late queues", new LateQueues());
    }
}
