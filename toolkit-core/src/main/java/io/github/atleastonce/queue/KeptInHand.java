package io.github.atleastonce.queue;

import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Lifetime;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages that consumers of the application still have in hand, though they have ended without a word to the server: acknowledged later, or given back by the
 * death of their process. Safe for use by several threads.
 */
final class KeptInHand {

    private final List<Kept> all = new ArrayList<>(0);

    /** A message that somebody keeps. */
    record Kept(Lifetime life, String listener, StoredMessage message, String identity, Hands hands) {

        String queue() {
            return message.label().channel();
        }
    }

    synchronized void add(Kept kept) {
        all.add(kept);
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

    /** Gives back what a life has in hand that has died. */
    synchronized void giveBack(Lifetime dead) {
        List<Kept> own = all.stream().filter(kept -> kept.life() == dead).toList();
        all.removeAll(own);
        own.forEach(kept -> kept.hands().giveBack());
    }

    /** Throws away what is in hand when the run is over: nobody is to handle it outside of runs. */
    synchronized void throwAway() {
        all.forEach(kept -> kept.hands().acknowledge());
        all.clear();
    }

    synchronized boolean isEmpty() {
        return all.isEmpty();
    }

    /** Names what is in hand. */
    synchronized List<String> titles() {
        return all.stream()
                .map(kept -> kept.message().message().title() + " in the hands of " + kept.listener()
                        + ", which has neither acknowledged nor rejected it")
                .toList();
    }
}
