package io.github.atleastonce.queue;

import io.github.atleastonce.channel.Ordering;
import java.util.ArrayList;
import java.util.List;

/**
 * What was handled in vain and is tried again when all else is quiet. Where a queue keeps an order, nothing of it is handed out until then; where it keeps none,
 * the message alone is kept back, as a server does that makes it invisible for a while.
 */
final class BackOffs {

    private final boolean keepsOrder;
    private final List<BackOff> all = new ArrayList<>(0);

    private record BackOff(String queue, Runnable release) {}

    BackOffs(Ordering ordering) {
        this.keepsOrder = ordering == Ordering.PARTITION;
    }

    /** Takes note of a failure, and gives the message back when it is to be tried again. */
    void add(String queue, Runnable givingBack) {
        if (!keepsOrder) {
            all.add(new BackOff(queue, givingBack));
            return;
        }
        all.removeIf(before -> before.queue().equals(queue));
        all.add(new BackOff(queue, () -> {}));
        givingBack.run();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Says whether nothing of a queue is handed out. */
    boolean holds(String queue) {
        return keepsOrder && all.stream().anyMatch(one -> one.queue().equals(queue));
    }

    /** Tells how many messages are kept back each by itself. */
    int alone() {
        return keepsOrder ? 0 : all.size();
    }

    /** Lets a queue go on, as what has failed there does not come again. */
    void end(String queue) {
        if (keepsOrder) {
            all.removeIf(one -> one.queue().equals(queue));
        }
    }

    /** Lets the first be tried again. */
    void release() {
        all.remove(0).release().run();
    }
}
