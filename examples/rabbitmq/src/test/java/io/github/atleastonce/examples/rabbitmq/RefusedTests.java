package io.github.atleastonce.examples.rabbitmq;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import io.github.atleastonce.queue.Envelope;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the server does not take was not put. */
class RefusedTests {

    private static final String QUEUE = "full";

    @Test
    void aQueueThatIsFullIsTold() throws Exception {
        try (Connection connection = AmqpBroker.connections().newConnection();
                Channel channel = connection.createChannel();
                RabbitQueues queues = RabbitQueues.of(QUEUE)) {
            channel.queueDelete(QUEUE);
            channel.queueDeclare(QUEUE, false, false, true, AmqpBroker.roomForOne());
            queues.put(QUEUE, new Envelope(Map.of(), "one"));

            assertThatIllegalStateException()
                    .isThrownBy(() -> queues.put(QUEUE, new Envelope(Map.of(), "two")))
                    .withRootCauseInstanceOf(java.io.IOException.class)
                    .withMessageContaining("refused a message for 'full'");
            channel.queueDelete(QUEUE);
        }
    }
}
