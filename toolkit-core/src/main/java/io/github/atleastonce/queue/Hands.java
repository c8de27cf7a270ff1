package io.github.atleastonce.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a consumer has in hand: a message, or several that it got together. Their server is told once what becomes of them. Safe for use by several threads. */
final class Hands {

    private final List<QueueServer.InHand> all = new ArrayList<>(1);
    private boolean told;

    Hands(QueueServer.InHand first) {
        all.add(first);
    }

    synchronized void add(QueueServer.InHand next) {
        all.add(next);
    }

    synchronized boolean areTold() {
        return told;
    }

    synchronized void acknowledge() {
        tell(() -> all.forEach(QueueServer.InHand::acknowledge));
    }

    synchronized void putAside() {
        tell(() -> all.forEach(QueueServer.InHand::putAside));
    }

    /** The first at last: it is what comes next then. */
    synchronized void giveBack() {
        tell(() -> {
            Collections.reverse(all);
            all.forEach(QueueServer.InHand::giveBack);
        });
    }

    private void tell(Runnable telling) {
        if (!told) {
            told = true;
            telling.run();
        }
    }
}
