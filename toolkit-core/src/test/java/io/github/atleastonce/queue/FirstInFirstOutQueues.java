package io.github.atleastonce.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A server of queues that puts what is sent again once only, and hands out what comes next when nothing is in hand. */
class FirstInFirstOutQueues extends MemoryQueues {

    private final Map<String, String> identities = new HashMap<>();

    @Override
    public synchronized String put(String queue, Envelope message) {
        return identities.computeIfAbsent(queue + " " + message.id().orElseThrow(), any -> super.put(queue, message));
    }

    @Override
    public synchronized Optional<InHand> take(String queue) {
        return in(queue).stream().anyMatch(entry -> entry.taken) ? Optional.empty() : super.take(queue);
    }

    @Override
    public synchronized void purge() {
        super.purge();
        if (identities != null) {
            identities.clear();
        }
    }

    @Override
    public Duration deduplicationWindow() {
        return Duration.ofMinutes(5);
    }

    @Override
    public boolean handsOutOneAtATime() {
        return true;
    }
}
