package io.github.atleastonce.kafka.proxy;

import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a proxy, which keep no JVM alive. */
final class Threads {

    private final AtomicInteger started = new AtomicInteger();

    Thread start(String what, Runnable work) {
        Thread thread = new Thread(work, "atleastonce-proxy-" + what + "-" + started.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
