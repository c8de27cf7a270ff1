package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.channel.Delivery;
import io.github.atleastonce.hosted.HostedTasks;
import io.github.atleastonce.kafka.RunRecords;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.spring.ContextLives;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The tasks of one container's threads in the present run, each with the delivery of the record that it handles. */
final class ListenerTasks {

    private final ListenerHost host;
    private final ContextLives lives;
    private final ThreadLocal<@Nullable Handling> present = new ThreadLocal<>();

    private record Handling(HostedTasks.HostedTask task, Delivery delivery) {}

    ListenerTasks(ListenerHost host, ContextLives lives) {
        this.host = host;
        this.lives = lives;
    }

    /** Waits until the run lets the record be handled; outside of runs it is handled at once. */
    void arrive(ConsumerRecord<?, ?> bytes) {
        Optional<Run> run = lives.run();
        if (run.isEmpty()) {
            return;
        }
        String place = bytes.topic() + "-" + bytes.partition();
        HostedTasks.of(run.get()).suspend(host, place).ifPresent(task -> begin(run.get(), task, bytes));
    }

    private void begin(Run run, HostedTasks.HostedTask task, ConsumerRecord<?, ?> bytes) {
        Delivery delivery = new Delivery(
                run, task.life(), host.name(), RunRecords.of(run).orElseThrow().stored(bytes));
        present.set(new Handling(task, delivery));
        task.begin(delivery.cause());
        delivery.begin();
    }

    /** The listener has returned. */
    void handled() {
        Handling handling = present.get();
        if (handling != null) {
            handling.delivery().returned();
        }
    }

    /** The listener has thrown. */
    void failed(Exception failure) {
        Handling handling = present.get();
        if (handling != null) {
            handling.delivery().threw(failure);
        }
    }

    /** The record is done with, or its thread is about to end. */
    void left() {
        Handling handling = present.get();
        if (handling != null) {
            present.remove();
            handling.task().leave();
        }
    }
}
