package io.github.atleastonce.channel;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.history.History;
import io.github.atleastonce.message.Handler;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.state.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** A consumer group that reads a channel, and a position in each partition, which outlives its members. */
final class Subscription {

    private final History history;
    private final ChannelLog log;
    private final String name;
    private final List<Position> positions;
    private final Group<Position> group;

    Subscription(History history, ChannelLog log, Lifetime life, ChannelOptions options) {
        this.history = history;
        this.log = log;
        this.name = life.group();
        Handlers first = new Handlers(life);
        this.positions = new ArrayList<>(log.partitions());
        this.group = new Group<>(first, positions);
        for (int partition = 0; partition < log.partitions(); partition++) {
            positions.add(new Position(this, first, log.partition(partition), options));
        }
    }

    boolean is(String reader, String channel) {
        return name.equals(reader) && log.name().equals(channel);
    }

    <T> void join(Lifetime present, Class<T> type, Handler<T> handler) {
        group.join(present, type, handler);
    }

    void leave(Lifetime dead) {
        group.leave(dead);
    }

    void confirmed(Position position, int offset) {
        history.add(new Event.Committed(name, log.name(), positions.indexOf(position), offset));
    }

    Group<Position> group() {
        return group;
    }

    /** Confirms what was handled, and gives each member its share again. */
    void settled() {
        positions.forEach(Position::confirm);
        group.settled();
    }

    List<Position> positions() {
        return positions;
    }

    void capture(Snapshot into) {
        into.text(name).text(log.name());
        group.capture(into);
    }

    void nameLeftovers(List<String> leftovers) {
        for (Position position : positions) {
            StoredMessage next = position.next();
            if (next != null) {
                String what = next.message().title() + " at " + next.position() + ", not handled by " + name;
                leftovers.add(position.listens() ? what : what + ", which no longer subscribes to it");
            }
        }
    }
}
