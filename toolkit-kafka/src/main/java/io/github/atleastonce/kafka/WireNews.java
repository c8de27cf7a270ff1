package io.github.atleastonce.kafka;

import java.time.Duration;

/** When something has happened at the proxy last, and whether the thread of the run has seen it. Guarded by whoever has it. */
final class WireNews {

    private final long patience;
    private long count;
    private long seen;
    private long moved;
    private boolean withoutAsking;

    WireNews(Duration patience) {
        this.patience = patience.toNanos();
    }

    /** Something may go on now that could not before. */
    void changed() {
        count++;
    }

    /** Somebody has done something. */
    void moved() {
        moved = System.nanoTime();
    }

    /** Takes note of what somebody has done, if it was anything: who commits whatever a poll holds does so when it holds nothing, too. */
    void moved(boolean really) {
        if (really) {
            moved();
        }
    }

    long count() {
        return count;
    }

    void see() {
        seen = count;
    }

    /** Takes note of whether the thread of the run has only been told how far groups have come, or has taken the time to ask the broker. */
    void see(boolean told) {
        see();
        withoutAsking = told;
    }

    /** Says whether the thread of the run may wait for news: nothing has happened that it has not seen, and somebody is at work or lacks something. */
    boolean areAwaited(boolean atWork) {
        return seen == count && (atWork || withoutAsking);
    }

    /** Says whether somebody has done something not long ago. */
    boolean areRecent() {
        return System.nanoTime() - moved < patience;
    }
}
