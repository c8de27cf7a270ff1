package io.github.atleastonce.hosted;

import io.github.atleastonce.run.Run;
import org.apiguardian.api.API;

/**
 * A clock of a run that stands still in an outage, say while a broker is stopped and started again: that takes time which is nobody's. Safe for use
 * by several threads.
 */
@API(status = API.Status.INTERNAL)
public final class OutageClock {

    private long stood;
    private long since;
    private int outages;

    private OutageClock() {}

    /**
     * Returns the clock of a run.
     *
     * @param run the run
     * @return the same for each call
     */
    public static OutageClock of(Run run) {
        return run.belonging(OutageClock.class, any -> new OutageClock());
    }

    /**
     * Stands still while something is done.
     *
     * @param outage what to do; others may go on meanwhile
     */
    public void standStill(Runnable outage) {
        begin();
        try {
            outage.run();
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        if (outages++ == 0) {
            since = System.nanoTime();
        }
    }

    private synchronized void end() {
        if (--outages == 0) {
            stood += System.nanoTime() - since;
        }
    }

    /** {@return the time in nanoseconds without the outages so far, to be compared with other times of this clock only} */
    public synchronized long nanoTime() {
        return (outages == 0 ? System.nanoTime() : since) - stood;
    }
}
