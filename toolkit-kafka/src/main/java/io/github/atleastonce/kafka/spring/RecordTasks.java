package io.github.atleastonce.kafka.spring;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.RecordInterceptor;

/** Lets each record be a delivery of its own; what the application intercepts itself is within it. */
final class RecordTasks<K, V> implements RecordInterceptor<K, V> {

    private final ListenerTasks tasks;
    private final RecordInterceptor<K, V> own;

    RecordTasks(ListenerTasks tasks, @Nullable RecordInterceptor<K, V> own) {
        this.tasks = tasks;
        this.own = own == null ? (bytes, consumer) -> bytes : own;
    }

    @Override
    public void setupThreadState(Consumer<?, ?> consumer) {
        tasks.polls();
        own.setupThreadState(consumer);
    }

    @Override
    public @Nullable ConsumerRecord<K, V> intercept(ConsumerRecord<K, V> bytes, Consumer<K, V> consumer) {
        tasks.begin(List.of(bytes));
        return own.intercept(bytes, consumer);
    }

    @Override
    public void success(ConsumerRecord<K, V> bytes, Consumer<K, V> consumer) {
        own.success(bytes, consumer);
        tasks.handled();
    }

    @Override
    public void failure(ConsumerRecord<K, V> bytes, Exception failure, Consumer<K, V> consumer) {
        own.failure(bytes, failure, consumer);
        tasks.failed(failure);
    }

    @Override
    public void afterRecord(ConsumerRecord<K, V> bytes, Consumer<K, V> consumer) {
        own.afterRecord(bytes, consumer);
    }

    @Override
    public void clearThreadState(Consumer<?, ?> consumer) {
        own.clearThreadState(consumer);
    }
}
