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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Queues of AMQP 0-9-1. The protocol counts only what is in nobody's hands, so what was put and not acknowledged is counted here: all of it comes by here. Safe for use
 * by several threads.
 */
final class RabbitQueues implements QueueServer, AutoCloseable {

    private static final long CONFIRM_MILLIS = 5_000;

    private final Connection connection;
    private final Channel putting;
    private final Map<String, Set<String>> unacknowledged = new HashMap<>();

    RabbitQueues(Connection connection, List<String> queues) {
        this.connection = connection;
        try {
            putting = connection.createChannel();
            putting.confirmSelect();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        for (String queue : queues) {
            unacknowledged.put(queue, ConcurrentHashMap.newKeySet());
            on(channel -> channel.queueDeclare(queue, true, false, false, null));
        }
    }

    static RabbitQueues of(String... queues) {
        try {
            return new RabbitQueues(AmqpBroker.connections().newConnection(), List.of(queues));
        } catch (IOException | TimeoutException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public boolean has(String queue) {
        return unacknowledged.containsKey(queue);
    }

    @Override
    public String put(String queue, Envelope envelope) {
        String identity = UUID.randomUUID().toString();
        Map<String, Object> headers = new HashMap<>(envelope.properties());
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .messageId(identity)
                .contentType(envelope.body() == null ? "application/octet-stream" : "text/plain")
                .headers(headers)
                .build();
        byte[] body = envelope.body() == null ? new byte[0] : envelope.body().getBytes(StandardCharsets.UTF_8);
        of(queue).add(identity);
        on(channel -> {
            channel.basicPublish("", queue, true, properties, body);
            if (!channel.waitForConfirms(CONFIRM_MILLIS)) {
                throw new IOException("The server refused a message for '" + queue + "'.");
            }
            return identity;
        });
        return identity;
    }

    @Override
    public Optional<InHand> take(String queue) {
        try {
            Channel channel = connection.createChannel();
            GetResponse got = channel.basicGet(queue, false);
            if (got == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new Hand(this, queue, channel, got));
        } catch (IOException | TimeoutException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private record Hand(RabbitQueues server, String queue, Channel channel, GetResponse got) implements InHand {

        @Override
        public String identity() {
            return got.getProps().getMessageId();
        }

        @Override
        public Envelope envelope() {
            return RabbitQueues.envelope(
                    got.getProps().getContentType(), got.getProps().getHeaders(), got.getBody());
        }

        @Override
        public int deliveries() {
            return 0;
        }

        @Override
        public void acknowledge() {
            server.end(channel, () -> channel.basicAck(got.getEnvelope().getDeliveryTag(), false));
            server.gone(queue, identity());
        }

        @Override
        public void giveBack() {
            server.end(channel, () -> channel.basicNack(got.getEnvelope().getDeliveryTag(), false, true));
        }
    }

    static Envelope envelope(@Nullable String type, @Nullable Map<String, Object> headers, byte[] body) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (headers != null) {
            headers.forEach((name, value) -> properties.put(name, String.valueOf(value)));
        }
        boolean isText = !"application/octet-stream".equals(type);
        return new Envelope(properties, isText ? new String(body, StandardCharsets.UTF_8) : null);
    }

    /** Takes note that a message was acknowledged, or put aside. */
    void gone(String queue, @Nullable String identity) {
        of(queue).remove(Objects.requireNonNullElse(identity, ""));
    }

    /** Takes note that the application itself puts a message into a queue. */
    void coming(String queue, String identity) {
        if (has(queue)) {
            of(queue).add(identity);
        }
    }

    @Override
    public long size(String queue) {
        return of(queue).size();
    }

    @Override
    public void purge() {
        unacknowledged.forEach((queue, identities) -> {
            identities.clear();
            on(channel -> channel.queuePurge(queue));
        });
    }

    private Set<String> of(String queue) {
        return Objects.requireNonNull(unacknowledged.get(queue));
    }

    private interface Use {

        Object of(Channel channel) throws IOException, InterruptedException, TimeoutException;
    }

    private interface Ending {

        void perform() throws IOException;
    }

    private void on(Use use) {
        try {
            use.of(putting);
        } catch (IOException | TimeoutException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void end(Channel channel, Ending ending) {
        try (channel) {
            ending.perform();
        } catch (IOException | TimeoutException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
