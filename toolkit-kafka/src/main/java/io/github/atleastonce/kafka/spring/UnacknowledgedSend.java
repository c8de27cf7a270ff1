package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.schedule.Injected;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The future of a send that nobody acknowledged in time. As with Kafka's client that turns out after the send has returned, so whoever
 * asks at once is told that it is not done: {@code KafkaTemplate} would throw else, as it does for what cannot be sent at all.
 */
final class UnacknowledgedSend implements Future<RecordMetadata> {

    private final String topic;
    private final TimeoutException failure;
    private boolean asked;

    UnacknowledgedSend(String topic) {
        this.topic = topic;
        this.failure = new NotAcknowledgedException("The record to '" + topic + "' was not acknowledged in time.");
    }

    /** Calls back as Kafka's client does: what the callback throws goes nowhere. */
    void tell(Callback callback) {
        try {
            callback.onCompletion(unknown(), failure);
        } catch (Exception ignored) {
            return;
        }
    }

    /** Says where a record is that may be nowhere, as Kafka's client says it. */
    private RecordMetadata unknown() {
        TopicPartition nowhere = new TopicPartition(topic, RecordMetadata.UNKNOWN_PARTITION);
        return new RecordMetadata(nowhere, -1, -1, -1, -1, -1);
    }

    @Override
    public RecordMetadata get() throws ExecutionException {
        asked = true;
        throw new ExecutionException(failure);
    }

    @Override
    public RecordMetadata get(long timeout, TimeUnit unit) throws ExecutionException {
        return get();
    }

    @Override
    public boolean isDone() {
        boolean before = asked;
        asked = true;
        return before;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return false;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    private static final class NotAcknowledgedException extends TimeoutException implements Injected {

        private static final long serialVersionUID = 1L;

        NotAcknowledgedException(String message) {
            super(message);
        }
    }
}
