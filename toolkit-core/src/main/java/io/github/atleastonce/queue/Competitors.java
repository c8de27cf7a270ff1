package io.github.atleastonce.queue;

import io.github.atleastonce.channel.Handlers;
import io.github.atleastonce.message.Handler;
import io.github.atleastonce.run.Lifetime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The services of a scenario that compete for the messages of one queue: each gets one in turn. */
final class Competitors {

    private final List<Handlers> all = new ArrayList<>(1);
    private int turn;

    <T> void join(Lifetime life, Class<T> type, Handler<T> handler) {
        Handlers own = all.stream()
                .filter(one -> one.life().service().equals(life.service()))
                .findFirst()
                .orElse(null);
        if (own == null) {
            own = new Handlers(life);
            all.add(own);
        }
        own.add(life, type, handler);
    }

    void leave(Lifetime dead) {
        all.forEach(one -> one.forget(dead));
    }

    /** Returns who gets the next message, or null if nobody is there. */
    @Nullable
    Handlers next() {
        for (int i = 0; i < all.size(); i++) {
            Handlers one = all.get((turn + i) % all.size());
            if (!one.isEmpty()) {
                return one;
            }
        }
        return null;
    }

    /** Takes note that a message was handed over. */
    void tookOne() {
        turn++;
    }
}
