package io.github.atleastonce.queue;

import java.util.ArrayList;
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
        if (!told) {
            told = true;
            all.forEach(QueueServer.InHand::acknowledge);
        }
    }

    synchronized void putAside() {
        if (!told) {
            told = true;
            all.forEach(QueueServer.InHand::putAside);
        }
    }

    /** The first at last: it is what comes next then. */
    synchronized void giveBack() {
        if (!told) {
            told = true;
            for (int i = all.size() - 1; i >= 0; i--) {
                all.get(i).giveBack();
            }
        }
    }
}
