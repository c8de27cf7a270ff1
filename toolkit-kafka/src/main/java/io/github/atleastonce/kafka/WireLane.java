package io.github.atleastonce.kafka;

import io.github.atleastonce.channel.ChannelLog;
import io.github.atleastonce.channel.Lane;
import io.github.atleastonce.message.StoredMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A partition of a topic on its way to the broker: what was appended to it and is not published yet. */
final class WireLane implements Lane {

    private final String topic;
    private final int partition;
    private final List<StoredMessage> log;
    private int published;

    WireLane(ChannelLog log, int partition) {
        this.topic = log.name();
        this.partition = partition;
        this.log = log.partition(partition);
    }

    @Override
    public @Nullable StoredMessage head() {
        return published < log.size() ? log.get(published) : null;
    }

    /** A partition keeps its order. */
    @Override
    public Iterable<StoredMessage> overtakers() {
        return List.of();
    }

    @Override
    public boolean keepsOrder() {
        return true;
    }

    @Override
    public String name(StoredMessage message) {
        return message.label().toString();
    }

    @Override
    public String title(StoredMessage message) {
        return message.message().title();
    }

    boolean isOf(String name) {
        return topic.equals(name);
    }

    void publishedOne() {
        published++;
    }

    List<StoredMessage> unpublished() {
        return log.subList(published, log.size());
    }

    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
