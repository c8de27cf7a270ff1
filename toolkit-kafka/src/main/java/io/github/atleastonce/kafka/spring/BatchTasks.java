package io.github.atleastonce.kafka.spring;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchInterceptor;

/** Lets the records of each batch be delivered together; what the application intercepts itself is within it. */
final class BatchTasks<K, V> implements BatchInterceptor<K, V> {

    private final ListenerTasks tasks;
    private final BatchInterceptor<K, V> own;

    BatchTasks(ListenerTasks tasks, @Nullable BatchInterceptor<K, V> own) {
        this.tasks = tasks;
        this.own = own == null ? (batch, consumer) -> batch : own;
    }

    @Override
    public void setupThreadState(Consumer<?, ?> consumer) {
        tasks.polls();
        own.setupThreadState(consumer);
    }

    @Override
    public @Nullable ConsumerRecords<K, V> intercept(ConsumerRecords<K, V> batch, Consumer<K, V> consumer) {
        tasks.begin(batch);
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

    @Override
    public void clearThreadState(Consumer<?, ?> consumer) {
        own.clearThreadState(consumer);
    }
}
