package io.github.atleastonce.channel;

import io.github.atleastonce.message.Handler;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Lifetime;
import java.util.ArrayList;
import java.util.List;

/** A service that reads a channel: its handlers in the present life, and a position in each partition that outlives it. */
final class Subscription {

    private final ChannelLog log;
    private final String subscriber;
    private final List<Position> positions;
    private final Handlers handlers;

    Subscription(ChannelLog log, Lifetime life, ChannelOptions options) {
        this.log = log;
        this.handlers = new Handlers(life);
        this.subscriber = life.service();
        this.positions = new ArrayList<>(log.partitions());
        for (int partition = 0; partition < log.partitions(); partition++) {
            positions.add(new Position(this, log.partition(partition), options));
        }
    }

    boolean is(String service, String channel) {
        return subscriber.equals(service) && log.name().equals(channel);
    }

    <T> void join(Lifetime present, Class<T> type, Handler<T> handler) {
        handlers.add(present, type, handler);
    }

    void leave(Lifetime dead) {
        if (handlers.forget(dead)) {
            positions.forEach(Position::rewindToConfirmed);
        }
    }

    boolean listens() {
        return !handlers.isEmpty();
    }

    Lifetime life() {
        return handlers.life();
    }

    String subscriber() {
        return subscriber;
    }

    List<Position> positions() {
        return positions;
    }

    /** Says whether a handler of the present life takes a message; others pass by. */
    boolean takes(StoredMessage message) {
        return message.kind() == StoredMessage.Kind.POISON
                || handlers.takes(message.message().payload());
    }

    void handle(StoredMessage message) throws Exception {
        if (message.kind() == StoredMessage.Kind.POISON) {
            throw new UnreadableMessageException(message.position());
        }
        handlers.handle(message.message());
    }

    void nameLeftovers(List<String> leftovers) {
        for (Position position : positions) {
            StoredMessage next = position.next();
            if (next != null) {
                String what = next.message().title() + " at " + next.position() + ", not handled by " + subscriber;
                leftovers.add(listens() ? what : what + ", which no longer subscribes to it");
            }
        }
    }
}
