package io.github.atleastonce.examples.sqs;

import io.github.atleastonce.channel.Ordering;
import io.github.atleastonce.queue.Envelope;
import io.github.atleastonce.queue.QueueServer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Queues of SQS: those of the standard kind, which keep no order, or FIFO queues of one message group, whose names on the server end with {@code .fifo}. What
 * a consumer has in hand is invisible for longer than a run takes, and visible as soon as it is given back.
 */
final class SqsQueues implements QueueServer {

    private static final int MOST_RECEIVES = 3;
    private static final String WITHOUT = "without";

    private final SqsClient sqs;
    private final boolean fifo;
    private final @Nullable String dead;
    private final Map<String, String> urls = new LinkedHashMap<>();
    private final Map<String, InHand> fetched = new HashMap<>();

    SqsQueues(SqsClient sqs, boolean fifo, @Nullable String dead, List<String> queues) {
        this.sqs = sqs;
        this.fifo = fifo;
        this.dead = dead;
        Map<QueueAttributeName, String> attributes = new EnumMap<>(QueueAttributeName.class);
        attributes.put(QueueAttributeName.VISIBILITY_TIMEOUT, "600");
        if (fifo) {
            attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
        }
        if (dead != null) {
            create(dead, attributes);
            attributes.put(
                    QueueAttributeName.REDRIVE_POLICY,
                    "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"%d\"}"
                            .formatted(
                                    attributes(dead, QueueAttributeName.QUEUE_ARN)
                                            .get(QueueAttributeName.QUEUE_ARN),
                                    MOST_RECEIVES));
        }
        queues.forEach(queue -> create(queue, attributes));
    }

    private void create(String queue, Map<QueueAttributeName, String> attributes) {
        urls.put(
                queue,
                sqs.createQueue(request -> request.queueName(fifo ? queue + ".fifo" : queue)
                                .attributes(attributes))
                        .queueUrl());
    }

    String url(String queue) {
        return Objects.requireNonNull(urls.get(queue));
    }

    private Map<QueueAttributeName, String> attributes(String queue, QueueAttributeName... names) {
        return sqs.getQueueAttributes(request -> request.queueUrl(url(queue)).attributeNames(names))
                .attributes();
    }

    @Override
    public boolean has(String queue) {
        return urls.containsKey(queue);
    }

    /** No body may be empty. */
    @Override
    public String put(String queue, Envelope message) {
        Map<String, MessageAttributeValue> attributes = new HashMap<>();
        message.properties().forEach((name, value) -> attributes.put(name, text(value)));
        String body = Objects.requireNonNullElse(message.body(), "");
        if (body.isEmpty()) {
            attributes.put(WITHOUT, text(message.body() == null ? "payload" : "text"));
        }
        String identity = sqs.sendMessage(request -> {
                    request.queueUrl(url(queue))
                            .messageBody(body.isEmpty() ? "-" : body)
                            .messageAttributes(attributes);
                    if (fifo) {
                        request.messageGroupId(queue)
                                .messageDeduplicationId(message.id()
                                        .orElseGet(() -> UUID.randomUUID().toString()));
                    }
                })
                .messageId();
        awaitTick();
        return identity;
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    /** The server sorts by milliseconds what has no other order. */
    private static void awaitTick() {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() == now) {
            Thread.onSpinWait();
        }
    }

    /** What came too often is put aside when somebody asks for what comes next; what is next is kept for whoever asks for it. */
    @Override
    public Optional<InHand> take(String queue) {
        Optional<InHand> taken = receive(queue);
        if (taken.isEmpty() && queue.equals(dead)) {
            urls.keySet().stream()
                    .filter(source -> !source.equals(dead))
                    .forEach(source -> receive(source).ifPresent(next -> fetched.put(source, next)));
            return receive(queue);
        }
        return taken;
    }

    private Optional<InHand> receive(String queue) {
        InHand before = fetched.remove(queue);
        return before != null
                ? Optional.of(before)
                : sqs
                        .receiveMessage(request -> request.queueUrl(url(queue))
                                .messageAttributeNames("All")
                                .messageSystemAttributeNames(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT))
                        .messages()
                        .stream()
                        .<InHand>map(message -> new Hand(this, queue, message))
                        .findFirst();
    }

    private record Hand(SqsQueues server, String queue, Message message) implements InHand {

        @Override
        public String identity() {
            return message.messageId();
        }

        @Override
        public Envelope envelope() {
            Map<String, String> properties = new HashMap<>();
            message.messageAttributes().forEach((name, value) -> properties.put(name, value.stringValue()));
            String without = properties.remove(WITHOUT);
            return new Envelope(properties, without == null ? message.body() : without.equals("text") ? "" : null);
        }

        /** The server goes on counting what was put aside. */
        @Override
        public int deliveries() {
            return queue.equals(server.dead)
                    ? 0
                    : Integer.parseInt(message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
        }

        @Override
        public void acknowledge() {
            server.sqs.deleteMessage(
                    request -> request.queueUrl(server.url(queue)).receiptHandle(message.receiptHandle()));
        }

        @Override
        public void giveBack() {
            server.sqs.changeMessageVisibility(request -> request.queueUrl(server.url(queue))
                    .receiptHandle(message.receiptHandle())
                    .visibilityTimeout(0));
            awaitTick();
        }
    }

    @Override
    public long size(String queue) {
        return attributes(
                        queue,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED)
                .values()
                .stream()
                .mapToLong(Long::parseLong)
                .sum();
    }

    /** Here what was sent before is forgotten, too; SQS itself compares for five minutes whatever happens. */
    @Override
    public void purge() {
        fetched.clear();
        urls.values().forEach(url -> sqs.purgeQueue(request -> request.queueUrl(url)));
    }

    @Override
    public Optional<String> deadLetterQueue(String queue) {
        return queue.equals(dead) ? Optional.empty() : Optional.ofNullable(dead);
    }

    @Override
    public int deliveryLimit() {
        return dead == null ? 0 : MOST_RECEIVES;
    }

    @Override
    public boolean countsDeliveries() {
        return true;
    }

    @Override
    public Duration deduplicationWindow() {
        return fifo ? Duration.ofMinutes(5) : Duration.ZERO;
    }

    @Override
    public boolean handsOutOneAtATime() {
        return fifo;
    }

    @Override
    public Ordering ordering() {
        return fifo ? Ordering.PARTITION : Ordering.NONE;
    }
}
