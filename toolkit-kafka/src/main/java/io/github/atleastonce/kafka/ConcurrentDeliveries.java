package io.github.atleastonce.kafka;

import io.github.atleastonce.channel.Delivery;
import io.github.atleastonce.channel.Dispatcher;
import io.github.atleastonce.history.Cause;
import io.github.atleastonce.hosted.ConcurrentTasks;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.schedule.Offer;
import java.util.function.Consumer;

/**
 * What could be handled at the same time as the delivery at work: a message that has not been published yet, by a listener of the application that has
 * nothing to do. Without a fault it is published only when all that came before it is handled, so that runs repeat.
 */
final class ConcurrentDeliveries {

    private final Dispatcher<WireLane> dispatcher;
    private final ConcurrentTasks tasks;
    private final Publisher publisher;

    /** Publishes a message for a group to handle it at once. */
    @FunctionalInterface
    interface Publisher {

        void publish(WireLane lane, StoredMessage message, String group);
    }

    ConcurrentDeliveries(Dispatcher<WireLane> dispatcher, ConcurrentTasks tasks, Publisher publisher) {
        this.dispatcher = dispatcher;
        this.tasks = tasks;
        this.publisher = publisher;
    }

    void offer(Consumer<Offer> offers) {
        for (Dispatcher.Pick<WireLane> pick : dispatcher.ready()) {
            String channel = pick.message().label().channel();
            String partition = pick.lane().toString();
            for (String group : tasks.idle(channel, partition)) {
                Cause cause = Delivery.causeOf(group, pick.message());
                offers.accept(tasks.offer(
                        cause, group, partition, () -> publisher.publish(pick.lane(), pick.message(), group)));
            }
        }
    }
}
