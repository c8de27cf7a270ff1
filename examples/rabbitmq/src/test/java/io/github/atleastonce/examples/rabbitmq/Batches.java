package io.github.atleastonce.examples.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.github.atleastonce.queue.Received;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.batch.BatchingStrategy;
import org.springframework.amqp.rabbit.batch.MessageBatch;
import org.springframework.amqp.rabbit.support.DefaultMessagePropertiesConverter;

/**
 * What a listener gets of the messages of the server: several together, or parts of one that a producer has put there, which the strategy of its container takes
 * apart.
 */
final class Batches implements BatchingStrategy {

    private final BatchingStrategy own;
    private final int most;
    private final ThreadLocal<Boolean> open = ThreadLocal.withInitial(() -> false);

    /**
     * Takes the place of a container's strategy.
     *
     * @param own the strategy
     * @param most how many messages of the server a batch has
     */
    Batches(BatchingStrategy own, int most) {
        this.own = own;
        this.most = most;
    }

    /** Lets the container ask for the next message of the server: what else is in the same one comes to nobody. */
    @Nullable
    Object passOver(String why) {
        if (open.get()) {
            throw new IllegalStateException(why);
        }
        return null;
    }

    /** Says whether more of the same message of the server comes after this. */
    boolean goOn(Object content) {
        return open.get()
                && content instanceof Message message
                && !message.getMessageProperties().isLastInBatch();
    }

    /** All that was sent lies in the queue when a thread has its turn, so that chance does not decide what comes together. */
    void fill(Channel channel, Received received, List<Message> contents) throws IOException {
        String queue = queue(contents.get(0));
        for (int some = 1; some < most; some++) {
            GetResponse got = channel.basicGet(queue, false);
            if (got == null) {
                return;
            }
            MessageProperties properties = new DefaultMessagePropertiesConverter()
                    .toMessageProperties(got.getProps(), got.getEnvelope(), StandardCharsets.UTF_8.name());
            properties.setConsumerQueue(queue);
            Message message = new Message(got.getBody(), properties);
            if (received.together(hand(channel, message))) {
                addTo(contents, message);
            }
        }
    }

    private void addTo(List<Message> contents, Message message) {
        if (own.canDebatch(message.getMessageProperties())) {
            own.deBatch(message, contents::add);
        } else {
            contents.add(message);
        }
    }

    /** Lists what a container gives its listener: a message, a part of one, or all parts of one. */
    static List<Message> contents(Object data) {
        List<Message> contents = new ArrayList<>(1);
        if (data instanceof List<?> several) {
            several.forEach(one -> contents.add((Message) one));
        } else {
            contents.add((Message) data);
        }
        return contents;
    }

    static RabbitQueues.Hand hand(Channel channel, Message message) {
        MessageProperties properties = message.getMessageProperties();
        return new RabbitQueues.Hand(
                channel,
                tag(message),
                String.valueOf(properties.getMessageId()),
                RabbitQueues.envelope(properties.getContentType(), properties.getHeaders(), message.getBody()));
    }

    static long tag(Message message) {
        return message.getMessageProperties().getDeliveryTag();
    }

    static String queue(Message message) {
        return message.getMessageProperties().getConsumerQueue();
    }

    @Override
    public MessageBatch addToBatch(String exchange, String routingKey, Message message) {
        return own.addToBatch(exchange, routingKey, message);
    }

    @Override
    public Date nextRelease() {
        return own.nextRelease();
    }

    @Override
    public Collection<MessageBatch> releaseBatches() {
        return own.releaseBatches();
    }

    @Override
    public boolean canDebatch(MessageProperties properties) {
        return own.canDebatch(properties);
    }

    @Override
    public void deBatch(Message message, Consumer<Message> consumer) {
        open.set(true);
        try {
            own.deBatch(message, consumer);
        } finally {
            open.remove();
        }
    }
}
