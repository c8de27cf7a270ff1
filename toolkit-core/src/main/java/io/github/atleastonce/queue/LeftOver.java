package io.github.atleastonce.queue;

import io.github.atleastonce.run.Run;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What runs that are over have left in one queue: nobody is to handle it, however late it comes. Safe for use by several threads. */
final class LeftOver {

    private final String queue;
    private final Set<String> ofEarlier = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Last last;

    private record Last(Run run, KnownMessages known) {}

    LeftOver(String queue) {
        this.queue = queue;
    }

    /** Takes note of the run that begins; called again within it changes nothing. */
    synchronized void follow(Run run, KnownMessages known) {
        Last before = last;
        if (before != null && before.run() != run) {
            ofEarlier.addAll(before.known().lying(queue));
        }
        last = new Last(run, known);
    }

    private boolean has(QueueServer.InHand hand) {
        Last before = last;
        return ofEarlier.contains(hand.identity())
                || before != null && before.run().isOver() && before.known().areLeft(queue, hand.identity());
    }

    /** Throws a message away if it is one of them, and says whether it is. */
    boolean throwAway(QueueServer.InHand hand) {
        boolean had = has(hand);
        if (had) {
            hand.acknowledge();
        }
        return had;
    }
}
