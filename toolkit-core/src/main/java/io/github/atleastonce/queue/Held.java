package io.github.atleastonce.queue;

import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Lifetime;

/** Something that a thread has received in a life, until it asks for the next; each is one of its own. */
final class Held {

    private final StoredMessage message;
    private final String listener;
    private final Lifetime life;

    Held(StoredMessage message, String listener, Lifetime life) {
        this.message = message;
        this.listener = listener;
        this.life = life;
    }

    /** Says whether the life has ended; the thread then gives it back. */
    boolean isOfADeadLife() {
        return life.isDead();
    }

    @Override
    public String toString() {
        return message.message().title() + " in the hands of " + listener;
    }
}
