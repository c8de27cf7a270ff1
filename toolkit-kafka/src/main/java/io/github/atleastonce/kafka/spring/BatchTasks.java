package io.github.atleastonce.kafka.spring;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchInterceptor;

/** Lets each batch, which is of one record, be a task; what the application intercepts itself is within it. */
final class BatchTasks<K, V> implements BatchInterceptor<K, V> {

    private final ListenerTasks tasks;
    private final BatchInterceptor<K, V> own;

    BatchTasks(ListenerTasks tasks, @Nullable BatchInterceptor<K, V> own) {
        this.tasks = tasks;
        this.own = own == null ? (batch, consumer) -> batch : own;
    }

    @Override
    public void setupThreadState(Consumer<?, ?> consumer) {
        own.setupThreadState(consumer);
    }

    @Override
    public @Nullable ConsumerRecords<K, V> intercept(ConsumerRecords<K, V> batch, Consumer<K, V> consumer) {
        if (!batch.isEmpty()) {
            tasks.arrive(batch.iterator().next());
        }
        return own.intercept(batch, consumer);
    }

    @Override
    public void success(ConsumerRecords<K, V> batch, Consumer<K, V> consumer) {
        own.success(batch, consumer);
        tasks.handled();
    }

    @Override
    public void failure(ConsumerRecords<K, V> batch, Exception failure, Consumer<K, V> consumer) {
        own.failure(batch, failure, consumer);
        tasks.failed(failure);
    }

    /** Comes after each poll, also when an error ends the thread. */
    @Override
    public void clearThreadState(Consumer<?, ?> consumer) {
        tasks.left();
        own.clearThreadState(consumer);
    }
}
