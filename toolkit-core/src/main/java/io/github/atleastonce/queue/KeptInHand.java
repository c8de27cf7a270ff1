package io.github.atleastonce.queue;

import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.task.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Messages that consumers of the application still have in hand, though they have ended without a word to the server: acknowledged later, or given back by the
 * death of their process. Safe for use by several threads.
 */
final class KeptInHand {

    private final List<Kept> all = new ArrayList<>(0);

    private record Kept(Lifetime life, String listener, StoredMessage message, String identity, Action givingBack) {

        String queue() {
            return message.label().channel();
        }
    }

    synchronized void add(Lifetime life, String listener, StoredMessage message, String identity, Action givingBack) {
        all.add(new Kept(life, listener, message, identity, givingBack));
    }

    /** Takes note that a message was acknowledged, or put aside. */
    synchronized void gone(String queue, String identity) {
        all.removeIf(kept -> kept.queue().equals(queue) && kept.identity().equals(identity));
    }

    /** Says whether a consumer gets nothing more, since it has something of the queue in hand. */
    synchronized boolean isOf(String listener, String queue) {
        return all.stream()
                .anyMatch(
                        kept -> kept.listener().equals(listener) && kept.queue().equals(queue));
    }

    /** Gives back what some lives have in hand. */
    synchronized void giveBack(Predicate<Lifetime> owners) {
        List<Kept> own = all.stream().filter(kept -> owners.test(kept.life())).toList();
        all.removeAll(own);
        own.forEach(kept -> {
            try {
                kept.givingBack().run();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
    }

    /** Names what is in hand. */
    synchronized List<String> titles() {
        return all.stream()
                .map(kept -> kept.message().message().title() + " in the hands of " + kept.listener()
                        + ", which has neither acknowledged nor rejected it")
                .toList();
    }
}
