package io.github.atleastonce.kafka;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether the thread of a run attends to what comes by the proxy, or has left it alone, and since when. Guarded by whoever has it. */
final class Attendance {

    private volatile boolean here;
    private boolean coming;
    private volatile boolean over;
    private volatile boolean listening;
    private volatile boolean handling;
    private long left = System.nanoTime();
    private volatile @Nullable String reading;

    /** What others do by themselves waits from now on. */
    void comes() {
        coming = true;
    }

    void begins() {
        reading = null;
        coming = false;
        here = true;
    }

    void leaves() {
        here = false;
        left = System.nanoTime();
    }

    /** Counts the time from now on for which it has left them alone. */
    void waits() {
        left = System.nanoTime();
    }

    /** Lets a group read all the same until it attends again. May be called by any thread. */
    void lets(String group) {
        reading = group;
    }

    boolean isLet(String group) {
        return group.equals(reading);
    }

    /** Lets a handler of the scenario work, which may wait for what it sends itself by a client of its own. */
    void whileHandling(Runnable handlers) {
        handling = true;
        try {
            handlers.run();
        } finally {
            handling = false;
        }
    }

    /** Says whether one is at work. May be asked by any thread. */
    boolean isHandling() {
        return handling;
    }

    /** Takes note of whether a listener of the application is at work meanwhile. May be called by any thread. */
    void listens(boolean now) {
        listening = now;
    }

    /** Says whether such a listener is why it is away. May be asked by any thread. */
    boolean isAwayForListener() {
        return listening && !here && !over;
    }

    void ends() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    boolean isHere() {
        return here && !over;
    }

    /** Says whether it is here, or has not been away for so long that it may be waiting for others. */
    boolean isExpected(Duration patience) {
        return !over && (here || coming || System.nanoTime() - left <= patience.toNanos());
    }
}
