package io.github.atleastonce.examples.sqs;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.contract.TransportContract;
import io.github.atleastonce.queue.Queues;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Without an order there are many more schedules. */
@Tag("long")
class StandardContractTests extends TransportContract {

    @Override
    protected TransportFactory transport() {
        return new Queues("on SQS", new SqsQueues(SqsServer.connect(), false, DEAD, List.of(ORDERS, REPLIES)));
    }
}
