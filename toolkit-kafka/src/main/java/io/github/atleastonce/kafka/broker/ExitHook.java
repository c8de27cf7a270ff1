package io.github.atleastonce.kafka.broker;

/** Ends a broker with the JVM, unless it was closed before. */
final class ExitHook {

    private final Thread thread;

    ExitHook(Runnable close) {
        thread = new Thread(close, "atleastonce-kafka-exit");
        Runtime.getRuntime().addShutdownHook(thread);
    }

    /** Is not needed any more: the broker is closed, by whomever. */
    void forget() {
        if (Thread.currentThread() != thread) {
            try {
                Runtime.getRuntime().removeShutdownHook(thread);
            } catch (IllegalStateException exiting) {
                return;
            }
        }
    }
}
