package io.github.atleastonce.channel;

import io.github.atleastonce.message.Handler;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.state.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;

/** What the present life of a service does with the messages of a channel: its handlers, by type of payload, the first that takes one. */
@API(status = API.Status.INTERNAL)
public final class Handlers {

    private final List<Route<?>> routes = new ArrayList<>(1);
    private Lifetime life;

    private record Route<T>(Class<T> type, Handler<T> handler) {

        boolean takes(Object payload) {
            return type == Message.class || type.isInstance(payload);
        }

        void handle(Message message) throws Exception {
            handler.handle(type.cast(type == Message.class ? message : message.payload()));
        }
    }

    /**
     * Creates a table without handlers.
     *
     * @param life the subscriber's present life
     */
    public Handlers(Lifetime life) {
        this.life = life;
    }

    /**
     * Adds a handler of a life, which is the present one from now on.
     *
     * @param present the life
     * @param type the type of payload to handle, or {@code Message.class} for whole messages
     * @param handler handles the messages
     * @param <T> the type of payload
     */
    public <T> void add(Lifetime present, Class<T> type, Handler<T> handler) {
        life = present;
        routes.add(new Route<>(type, handler));
    }

    void capture(Snapshot into) {
        routes.forEach(route -> into.text(route.type().getName()).memory(route.handler()));
    }

    /**
     * Forgets the handlers of a life that has died.
     *
     * @param dead the life
     * @return whether it was the one that had them
     */
    public boolean forget(Lifetime dead) {
        if (life != dead) {
            return false;
        }
        routes.clear();
        return true;
    }

    /**
     * Returns the life that subscribed last.
     *
     * @return the life, dead or alive
     */
    public Lifetime life() {
        return life;
    }

    /**
     * Says whether there is a handler at all.
     *
     * @return false between a death and the next subscription
     */
    public boolean isEmpty() {
        return routes.isEmpty();
    }

    /**
     * Returns the type that the first handler takes.
     *
     * @return the type; {@code Message.class} stands for any
     */
    public Class<?> firstType() {
        return routes.get(0).type();
    }

    /**
     * Says whether a handler takes a payload; others pass by.
     *
     * @param payload the content of a message
     * @return whether {@link #handle} does something
     */
    public boolean takes(Object payload) {
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).takes(payload)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Lets the first handler that takes the payload handle the message.
     *
     * @param message the message
     * @throws Exception what the handler throws
     */
    public void handle(Message message) throws Exception {
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).takes(message.payload())) {
                routes.get(i).handle(message);
                return;
            }
        }
    }
}
