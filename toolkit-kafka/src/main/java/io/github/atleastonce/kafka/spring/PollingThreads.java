package io.github.atleastonce.kafka.spring;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** For which container each thread polls. Consumers do not know, since containers share the factories that make them. Safe for use by several threads. */
final class PollingThreads {

    private final Map<Thread, ListenerTasks> tasks = new ConcurrentHashMap<>();
    private final Set<Thread> next = ConcurrentHashMap.newKeySet();

    /** The container of the calling thread is about to poll for more. */
    void pollsFor(ListenerTasks container) {
        tasks.put(Thread.currentThread(), container);
        next.add(Thread.currentThread());
    }

    /** Returns for whom the calling thread polls now; an error handler that polls only to stay a member of the group polls for nobody. */
    Optional<ListenerTasks> poll() {
        return next.remove(Thread.currentThread()) ? here() : Optional.empty();
    }

    Optional<ListenerTasks> here() {
        return Optional.ofNullable(tasks.get(Thread.currentThread()));
    }

    void left() {
        next.remove(Thread.currentThread());
        tasks.remove(Thread.currentThread());
    }
}
