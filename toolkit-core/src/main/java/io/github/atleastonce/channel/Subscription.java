package io.github.atleastonce.channel;

import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Handler;
import io.github.atleastonce.run.Life;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A service that reads a channel: its handlers in the present life, and a position in each partition that outlives it. */
final class Subscription {

    private final ChannelLog log;
    private final String subscriber;
    private final List<Position> positions;
    private final List<Route<?>> routes = new ArrayList<>(1);
    private Life life;

    private record Route<T>(Class<T> type, Handler<T> handler) {

        boolean takes(StoredMessage message) {
            return type == Message.class || type.isInstance(message.message().payload());
        }

        void handle(StoredMessage message) throws Exception {
            handler.handle(type.cast(
                    type == Message.class
                            ? message.message()
                            : message.message().payload()));
        }
    }

    Subscription(ChannelLog log, Life life, ChannelOptions options) {
        this.log = log;
        this.life = life;
        this.subscriber = life.service();
        this.positions = new ArrayList<>(log.partitions());
        for (int partition = 0; partition < log.partitions(); partition++) {
            positions.add(new Position(this, log.partition(partition), options));
        }
    }

    boolean is(String service, String channel) {
        return subscriber.equals(service) && log.name().equals(channel);
    }

    <T> void join(Life present, Class<T> type, Handler<T> handler) {
        life = present;
        routes.add(new Route<>(type, handler));
    }

    void leave(Life dead) {
        if (life == dead) {
            routes.clear();
            positions.forEach(Position::rewindToConfirmed);
        }
    }

    boolean listens() {
        return !routes.isEmpty();
    }

    Life life() {
        return life;
    }

    String subscriber() {
        return subscriber;
    }

    List<Position> positions() {
        return positions;
    }

    /** Says whether a handler of the present life takes a message; others pass by. */
    boolean takes(StoredMessage message) {
        return message.kind() == StoredMessage.Kind.POISON || route(message) != null;
    }

    void handle(StoredMessage message) throws Exception {
        if (message.kind() == StoredMessage.Kind.POISON) {
            throw new UnreadableMessageException(message.position());
        }
        Route<?> route = route(message);
        if (route != null) {
            route.handle(message);
        }
    }

    private @Nullable Route<?> route(StoredMessage message) {
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).takes(message)) {
                return routes.get(i);
            }
        }
        return null;
    }

    Stream<String> leftovers() {
        return positions.stream()
                .map(Position::next)
                .filter(next -> next != null)
                .map(next -> {
                    String what = next.message().title() + " at " + next.position() + ", not handled by " + subscriber;
                    return listens() ? what : what + ", which no longer subscribes to it";
                });
    }
}
