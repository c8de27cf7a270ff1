package io.github.atleastonce.examples.jvm;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Does something again and again by a clock of its own, as the relay of an outbox does in a process. */
public final class Ticking {

    private static final long PERIOD_MILLIS = 20;

    private Ticking() {}

    /** Begins, on a daemon thread; what fails is told, and tried again. */
    public static void start(String name, Callable<?> tick) {
        Thread thread = new Thread(() -> run(name, tick), name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void run(String name, Callable<?> tick) {
        while (true) {
            try {
                try {
                    tick.call();
                } catch (InterruptedException ended) {
                    throw ended;
                } catch (Exception failure) {
                    System.err.println("The " + name + " failed: " + failure);
                }
                TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
            } catch (InterruptedException ended) {
                return;
            }
        }
    }
}
