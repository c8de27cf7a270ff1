package io.github.atleastonce.examples.sqs;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.contract.TransportContract;
import io.github.atleastonce.queue.Queues;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("long")
class FifoContractTests extends TransportContract {

    @Override
    protected TransportFactory transport() {
        return new Queues("on SQS", new SqsQueues(SqsServer.connect(), true, DEAD, List.of(ORDERS, REPLIES)));
    }
}
