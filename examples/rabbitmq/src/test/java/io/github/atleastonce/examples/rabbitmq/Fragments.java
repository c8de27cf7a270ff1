package io.github.atleastonce.examples.rabbitmq;

import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.rabbit.batch.BatchingStrategy;
import org.springframework.amqp.rabbit.batch.MessageBatch;

/** Takes batches apart that a producer has put into one message of the server, as the strategy of the container does, and knows when. */
final class Fragments implements BatchingStrategy {

    private final BatchingStrategy own;
    private final ThreadLocal<Boolean> open = ThreadLocal.withInitial(() -> false);

    Fragments(BatchingStrategy own) {
        this.own = own;
    }

    /** Says whether the message that is in hand is being taken apart. */
    boolean areOpen() {
        return open.get();
    }

    /** Says whether more of the same message of the server comes after this. */
    boolean goOn(Object content) {
        return open.get()
                && content instanceof Message message
                && !message.getMessageProperties().isLastInBatch();
    }

    /** Adds what a listener gets of a message of the server. */
    void addTo(List<Message> contents, Message message) {
        if (own.canDebatch(message.getMessageProperties())) {
            own.deBatch(message, contents::add);
        } else {
            contents.add(message);
        }
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
