package io.github.atleastonce.examples.webhooks;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Queue;

/** Has an event answered at once, and stores it when there is time: what was answered is lost if the process dies meanwhile. */
final class HastyInbox implements Inbox {

    private final Inbox later;
    private final Queue<String[]> waiting = new ArrayDeque<>();

    HastyInbox(Inbox later) {
        this.later = later;
    }

    @Override
    public void take(String id, String body) {
        waiting.add(new String[] {id, body});
    }

    /** Stores what waits; returns whether anything did. */
    boolean work() throws SQLException {
        String[] event = waiting.poll();
        if (event != null) {
            later.take(event[0], event[1]);
        }
        return event != null;
    }
}
