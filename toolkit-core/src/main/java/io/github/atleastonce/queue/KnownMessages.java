package io.github.atleastonce.queue;

import io.github.atleastonce.message.Label;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.message.StoredMessage.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the messages on the server are in their run: those that the run has put, and those that others have, in the order in which they
 * were seen. Safe for use by several threads.
 */
final class KnownMessages {

    private final Map<String, OfQueue> queues = new HashMap<>(2);
    private int puts;
    private boolean ended;

    /** What is known of one queue, by what the server knows each message by. */
    private static final class OfQueue {

        final Map<String, StoredMessage> all = new HashMap<>();
        final Map<String, Integer> lying = new LinkedHashMap<>();
        final List<StoredMessage> others = new ArrayList<>(0);
    }

    /**
     * Puts a message, and takes note of it before a consumer that has it already asks what it is. Says whether it lies there: nothing comes of one that the
     * server takes for another.
     */
    synchronized boolean put(String queue, StoredMessage stored, Supplier<String> putting) {
        String identity = putting.get();
        boolean isNew = of(queue).all.putIfAbsent(identity, stored) == null;
        if (isNew) {
            of(queue).lying.put(identity, puts++);
        }
        return isNew;
    }

    /** Returns what a message is: what the run has put, or else a message named by its place among those of the queue. */
    synchronized StoredMessage stored(String queue, String identity, Envelope envelope) {
        StoredMessage stored = of(queue).all.get(identity);
        return stored != null ? stored : add(queue, identity, envelope.message(identity), Kind.ORIGINAL);
    }

    /** Says whether something lies in a queue that the run has put there; what a server counts may be on its way just then. */
    synchronized boolean lie(String queue) {
        return !of(queue).lying.isEmpty();
    }

    /** Takes note that the application has put a message into a queue, which is counted before the server does. */
    synchronized void sent(String queue, String identity) {
        of(queue).lying.putIfAbsent(identity, puts++);
    }

    /** Takes note that the run has emptied its queues: what comes now was sent after it. */
    synchronized void end() {
        ended = true;
    }

    /** Says whether a message is the run's when that is over: all that comes before its queues are empty is. */
    synchronized boolean areLeft(String queue, String identity) {
        return !ended || of(queue).lying.containsKey(identity);
    }

    /** Lists what is known to lie in a queue. */
    synchronized Set<String> lying(String queue) {
        return Set.copyOf(of(queue).lying.keySet());
    }

    /** Takes note that a message is not in its queue any more. */
    synchronized void gone(String queue, String identity) {
        of(queue).lying.remove(identity);
    }

    /** Takes note that the server itself has put a message aside, into another queue. */
    synchronized StoredMessage aside(String queue, String identity, StoredMessage dead) {
        of(queue).lying.put(identity, puts++);
        return add(queue, identity, dead.message(), Kind.DEAD_LETTER);
    }

    /** Lists what others than the run have put into a queue, as far as it was seen. */
    synchronized List<StoredMessage> others(String queue) {
        return List.copyOf(of(queue).others);
    }

    /** Tells when the run has put what it has put first and what still lies in a queue; after all others if there is nothing. */
    synchronized int firstPut(String queue) {
        return of(queue).lying.values().stream().findFirst().orElse(Integer.MAX_VALUE);
    }

    /** Names a message among those of all queues: what one server knows it by may be known in another queue, too. */
    static String place(String queue, String identity) {
        return queue + " " + identity;
    }

    /** Says whether something that is known to lie in a queue is in nobody's hands. */
    synchronized boolean lieFree(String queue, Set<String> inHand) {
        return of(queue).lying.keySet().stream().anyMatch(identity -> !inHand.contains(place(queue, identity)));
    }

    /** Returns what was put first and what is in nobody's hands, or null if there is nothing or nobody has seen it yet. */
    synchronized @Nullable StoredMessage next(String queue, Set<String> inHand) {
        return of(queue).lying.keySet().stream()
                .filter(identity -> !inHand.contains(place(queue, identity)))
                .findFirst()
                .map(of(queue).all::get)
                .orElse(null);
    }

    /** Numbers what others have put downwards from -1: what the run puts is numbered upwards, and may come later. */
    private StoredMessage add(String queue, String identity, Message message, Kind kind) {
        OfQueue there = of(queue);
        int place = -1 - there.others.size();
        StoredMessage stored = new StoredMessage(message, new Label(queue, 0, place), 0, place, Long.MAX_VALUE, kind);
        there.all.put(identity, stored);
        there.others.add(stored);
        return stored;
    }

    private OfQueue of(String queue) {
        return queues.computeIfAbsent(queue, any -> new OfQueue());
    }
}
