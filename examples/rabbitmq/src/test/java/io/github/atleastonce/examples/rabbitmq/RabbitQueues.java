package io.github.atleastonce.examples.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import io.github.atleastonce.queue.Envelope;
import io.github.atleastonce.queue.QueueServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Queues of AMQP 0-9-1, each message acknowledged or given back by its tag. Safe for use by several threads, as a channel is. */
final class RabbitQueues implements QueueServer, AutoCloseable {

    private static final long CONFIRM_MILLIS = 5_000;
    private static final String NO_TEXT = "application/octet-stream";

    private final Connection connection;
    private final Channel channel;
    private final List<String> queues;

    RabbitQueues(Connection connection, List<String> queues) {
        this.connection = connection;
        this.queues = queues;
        channel = answer(connection::createChannel);
        answer(channel::confirmSelect);
        queues.forEach(queue -> answer(() -> channel.queueDeclare(queue, true, false, false, null)));
    }

    static RabbitQueues of(String... queues) {
        return new RabbitQueues(answer(() -> AmqpBroker.connections().newConnection()), List.of(queues));
    }

    @Override
    public boolean has(String queue) {
        return queues.contains(queue);
    }

    @Override
    public String put(String queue, Envelope envelope) {
        String identity = UUID.randomUUID().toString();
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .messageId(identity)
                .contentType(envelope.body() == null ? NO_TEXT : "text/plain")
                .headers(new HashMap<>(envelope.properties()))
                .build();
        byte[] body = envelope.body() == null ? new byte[0] : envelope.body().getBytes(StandardCharsets.UTF_8);
        return answer(() -> {
            channel.basicPublish("", queue, true, properties, body);
            if (!channel.waitForConfirms(CONFIRM_MILLIS)) {
                throw new IOException("The server refused a message for '" + queue + "'.");
            }
            return identity;
        });
    }

    @Override
    public Optional<InHand> take(String queue) {
        GetResponse got = answer(() -> channel.basicGet(queue, false));
        return Optional.ofNullable(got)
                .map(message -> new Hand(
                        channel,
                        message.getEnvelope().getDeliveryTag(),
                        String.valueOf(message.getProps().getMessageId()),
                        envelope(
                                message.getProps().getContentType(),
                                message.getProps().getHeaders(),
                                message.getBody())));
    }

    /** A message that a channel has been given. */
    record Hand(Channel channel, long tag, String identity, Envelope envelope) implements InHand {

        @Override
        public int deliveries() {
            return 0;
        }

        @Override
        public void acknowledge() {
            answer(() -> {
                channel.basicAck(tag, false);
                return tag;
            });
        }

        @Override
        public void giveBack() {
            reject(true);
        }

        @Override
        public void putAside() {
            reject(false);
        }

        private void reject(boolean again) {
            answer(() -> {
                channel.basicNack(tag, false, again);
                return tag;
            });
        }
    }

    static Envelope envelope(@Nullable String type, @Nullable Map<String, Object> headers, byte[] body) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (headers != null) {
            headers.forEach((name, value) -> properties.put(name, String.valueOf(value)));
        }
        return new Envelope(properties, NO_TEXT.equals(type) ? null : new String(body, StandardCharsets.UTF_8));
    }

    /** The protocol counts what is in nobody's hands; what is, and what was put by the run, the run itself remembers. */
    @Override
    public long size(String queue) {
        return answer(() -> channel.messageCount(queue));
    }

    @Override
    public void purge() {
        queues.forEach(queue -> answer(() -> channel.queuePurge(queue)));
    }

    private static <T extends @Nullable Object> T answer(Callable<T> question) {
        try {
            return question.call();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
