package io.github.atleastonce.queue;

import io.github.atleastonce.channel.ChannelLog;
import io.github.atleastonce.channel.Lane;
import io.github.atleastonce.channel.Ordering;
import io.github.atleastonce.message.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was sent to a queue and has not been put there yet. */
final class QueueLane implements Lane {

    private final String queue;
    private final List<StoredMessage> log;
    private final boolean keepsOrder;
    private final List<StoredMessage> waiting = new ArrayList<>();
    private int seen;

    QueueLane(ChannelLog log, Ordering ordering) {
        this.queue = log.name();
        this.log = log.partition(0);
        this.keepsOrder = ordering == Ordering.PARTITION;
    }

    String queue() {
        return queue;
    }

    /** Returns all that was ever sent to the queue by the test and by services of the scenario. */
    List<StoredMessage> sent() {
        return log;
    }

    List<StoredMessage> waiting() {
        while (seen < log.size()) {
            waiting.add(log.get(seen++));
        }
        return waiting;
    }

    void put(StoredMessage message) {
        waiting().remove(message);
    }

    @Override
    public @Nullable StoredMessage head() {
        return waiting().isEmpty() ? null : waiting.get(0);
    }

    @Override
    public Iterable<StoredMessage> overtakers() {
        return keepsOrder || waiting().isEmpty() ? List.of() : List.copyOf(waiting.subList(1, waiting.size()));
    }

    @Override
    public boolean keepsOrder() {
        return keepsOrder;
    }

    @Override
    public String name(StoredMessage message) {
        return message.label().toString();
    }

    @Override
    public String title(StoredMessage message) {
        return message.message().title();
    }
}
