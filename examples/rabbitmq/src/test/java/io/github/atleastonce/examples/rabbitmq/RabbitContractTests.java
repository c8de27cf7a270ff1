package io.github.atleastonce.examples.rabbitmq;

import io.github.atleastonce.channel.TransportFactory;
import io.github.atleastonce.contract.TransportContract;
import io.github.atleastonce.queue.Queues;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RabbitContractTests extends TransportContract {

    private static RabbitQueues queues;

    @BeforeAll
    static void start() {
        queues = RabbitQueues.of(ORDERS, REPLIES);
    }

    @AfterAll
    static void stop() throws IOException {
        queues.close();
    }

    @Override
    protected TransportFactory transport() {
        return new Queues("on RabbitMQ", queues);
    }
}
