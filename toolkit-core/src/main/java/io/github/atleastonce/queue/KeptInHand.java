package io.github.atleastonce.queue;

import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.task.Action;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages that consumers of the application still have in hand, though they have ended without a word to the server: acknowledged later, or given back by the
 * death of their process. Safe for use by several threads.
 */
final class KeptInHand {

    private final List<Kept> all = new ArrayList<>(0);

    /**
     * A message that somebody keeps.
     *
     * @param givingBack tells the server when the process has died
     * @param throwingAway tells the server when the run is over
     */
    record Kept(
            Lifetime life,
            String listener,
            StoredMessage message,
            String identity,
            Action givingBack,
            Action throwingAway) {

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
        own.forEach(kept -> perform(kept.givingBack()));
    }

    /** Throws away what is in hand when the run is over: nobody is to handle it outside of runs. */
    synchronized void throwAway() {
        all.forEach(kept -> perform(kept.throwingAway()));
        all.clear();
    }

    synchronized boolean isEmpty() {
        return all.isEmpty();
    }

    private static void perform(Action telling) {
        try {
            telling.run();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Names what is in hand. */
    synchronized List<String> titles() {
        return all.stream()
                .map(kept -> kept.message().message().title() + " in the hands of " + kept.listener()
                        + ", which has neither acknowledged nor rejected it")
                .toList();
    }
}
