package io.github.atleastonce.queue;

import io.github.atleastonce.hosted.TaskOwner;
import io.github.atleastonce.run.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The transports of one run whose channels are queues, one for each server. Safe for use by several threads. */
final class QueueTransports {

    private final List<QueueTransport> all = new CopyOnWriteArrayList<>();

    private QueueTransports() {}

    static QueueTransports of(Run run) {
        return run.belonging(QueueTransports.class, any -> new QueueTransports());
    }

    void add(QueueTransport transport) {
        all.add(transport);
    }

    /** Returns the transport whose server has a queue. */
    Optional<QueueTransport> declaring(String queue) {
        return all.stream().filter(transport -> transport.declares(queue)).findFirst();
    }

    /** Returns the transport in which a consumer takes part; its name is not enough, since others have the same. */
    Optional<QueueTransport> joinedBy(TaskOwner consumer) {
        return all.stream()
                .filter(transport -> transport.listeners().have(consumer))
                .findFirst();
    }

    /** Waits until those that have died have given back what they had, wherever that was. */
    void awaitDead() {
        all.forEach(transport -> transport.listeners().awaitDead());
    }

    /** Says which listeners have something to receive, on any server: who goes first is decided among all of them. */
    Map<String, Set<String>> expected() {
        Map<String, Set<String>> expected = new TreeMap<>();
        all.forEach(transport -> transport.listeners().addExpected(expected));
        return expected;
    }
}
