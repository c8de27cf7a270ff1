package io.github.atleastonce.examples.bugcorpus.modulith;

import io.github.atleastonce.examples.bugcorpus.Order;
import io.github.atleastonce.run.Life;
import org.springframework.context.event.EventListener;
import org.springframework.modulith.events.ApplicationModuleListener;

/** Those who put what happened on the channel. */
final class Listeners {

    private Listeners() {}

    /** As the library wants it: after the commit, in a transaction of its own, and known to the registry. */
    static class Registered {

        private final Life life;

        Registered(Life life) {
            this.life = life;
        }

        @ApplicationModuleListener
        void on(OrderPlaced event) {
            send(life, event);
        }
    }

    /** Misused: a plain listener is called at once, before the commit, and the registry does not know it. */
    static class AtOnce {

        private final Life life;

        AtOnce(Life life) {
            this.life = life;
        }

        @EventListener
        void on(OrderPlaced event) {
            send(life, event);
        }
    }

    private static void send(Life life, OrderPlaced event) {
        life.send("events", "o", new Order(event.order(), "c-1", 1));
    }
}
