package io.github.atleastonce.channel;

import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.state.Captured;
import io.github.atleastonce.state.Snapshot;
import java.util.HashMap;
import java.util.Map;

/** How often each subscriber has failed with a message in its present life: a process that dies forgets what it counted. */
final class Attempts implements Captured {

    private final Map<Key, Count> counts = new HashMap<>(0);

    private record Key(String subscriber, String channel, int partition, long offset) {

        Key(String subscriber, StoredMessage message) {
            this(subscriber, message.label().channel(), message.partition(), message.offset());
        }
    }

    private record Count(Lifetime life, int number) {}

    static Attempts of(Run run) {
        return run.belonging(Attempts.class, any -> new Attempts());
    }

    /** Counts one more failure, and returns how many there were in this life. */
    int count(String subscriber, Lifetime life, StoredMessage message) {
        return counts.merge(
                        new Key(subscriber, message),
                        new Count(life, 1),
                        (before, one) -> before.life() == life ? new Count(life, before.number() + 1) : one)
                .number();
    }

    /** Says how often a life has failed with a message. */
    static int number(Run run, String subscriber, Lifetime life, StoredMessage message) {
        Count count = run.belonging(Attempts.class)
                .map(attempts -> attempts.counts.get(new Key(subscriber, message)))
                .orElse(null);
        return count == null || count.life() != life ? 0 : count.number();
    }

    @Override
    public void capture(Snapshot into) {
        // The transport tells them with the messages that they belong to.
    }

    /** Forgets the failures with a message that is done with. */
    static void end(Run run, String subscriber, StoredMessage message) {
        Attempts attempts = run.belonging(Attempts.class).orElse(null);
        if (attempts != null && !attempts.counts.isEmpty()) {
            attempts.counts.remove(new Key(subscriber, message));
        }
    }
}
