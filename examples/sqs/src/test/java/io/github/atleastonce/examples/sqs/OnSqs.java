package io.github.atleastonce.examples.sqs;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.junit.TransportProvider;
import io.github.atleastonce.queue.Queues;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets fault tests send to the queue {@code orders}, on the server {@code orders.fifo}. Found by the service loader. */
public final class OnSqs implements TransportProvider {

    private static final class Shared {
        static final SqsQueues QUEUES = new SqsQueues(SqsServer.connect(), true, null, List.of("orders"));
    }

    static String url() {
        return Shared.QUEUES.url("orders");
    }

    @Override
    public Optional<TransportFactory> find(ExtensionContext test) {
        return Optional.of(new Queues("on SQS", Shared.QUEUES));
    }
}
