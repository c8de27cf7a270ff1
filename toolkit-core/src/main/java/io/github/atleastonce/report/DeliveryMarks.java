package io.github.atleastonce.report;

import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Knows what is special about a delivery: a copy, the same position again, or late. */
final class DeliveryMarks {

    private final Set<Lane> delivered = new HashSet<>();
    private final Set<Lane> failed = new HashSet<>();
    private final Map<Long, Duration> sentAt = new HashMap<>();
    private Duration clock = Duration.ZERO;
    private Duration heldSince = Duration.ZERO;
    private boolean holding;

    private record Lane(String subscriber, String position) {

        static Lane of(String subscriber, StoredMessage message) {
            // What one node was given and another gets comes again.
            return new Lane(subscriber.replaceFirst("#[0-9]+$", ""), message.position());
        }
    }

    void sent(StoredMessage message) {
        sentAt.put(message.sequence(), clock);
    }

    void failed(String subscriber, StoredMessage message) {
        failed.add(Lane.of(subscriber, message));
    }

    void waited(Duration by) {
        clock = clock.plus(by);
    }

    void suffered(Fault fault) {
        if (fault == Fault.DELAY && !holding) {
            holding = true;
            heldSince = clock;
        }
    }

    void rested() {
        holding = false;
    }

    void mark(Row.Act act, String subscriber, StoredMessage message) {
        Lane lane = Lane.of(subscriber, message);
        if (message.kind() == StoredMessage.Kind.COPY) {
            act.mark(Fault.DUPLICATE.name());
        }
        boolean retried = failed.remove(lane);
        if (!delivered.add(lane)) {
            act.mark(retried ? "RETRY" : "REDELIVERY");
        } else if (holding) {
            Duration sent = sentAt.getOrDefault(message.sequence(), Duration.ZERO);
            Duration late = clock.minus(sent.compareTo(heldSince) > 0 ? sent : heldSince);
            if (!late.isZero()) {
                act.mark("LATE by " + Brief.duration(late));
            }
        }
    }
}
