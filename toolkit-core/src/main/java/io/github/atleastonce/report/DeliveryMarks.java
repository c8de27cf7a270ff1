package io.github.atleastonce.report;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Knows what is special about a delivery: a copy, the same position again, or late. Wants to see every event in order. */
final class DeliveryMarks {

    private final Set<Lane> delivered = new HashSet<>();
    private final Set<Lane> failed = new HashSet<>();
    private final Map<Long, Duration> sentAt = new HashMap<>();
    private Duration clock = Duration.ZERO;
    private Duration heldSince = Duration.ZERO;
    private boolean holding;

    private record Lane(String subscriber, String position) {

        static Lane of(String subscriber, StoredMessage message) {
            return new Lane(subscriber, message.position());
        }
    }

    void see(Event event) {
        if (event instanceof Event.Sent sent) {
            sentAt.put(sent.message().sequence(), clock);
        } else if (event instanceof Event.HandlerFailed handler) {
            failed.add(Lane.of(handler.subscriber(), handler.message()));
        } else if (event instanceof Event.Elapsed elapsed) {
            clock = clock.plus(elapsed.by());
        } else if (event instanceof Event.Injected injected && injected.fault() == Fault.DELAY && !holding) {
            holding = true;
            heldSince = clock;
        } else if (event instanceof Event.Settled) {
            holding = false;
        }
    }

    void mark(Row.Act act, Event.Delivered delivery) {
        StoredMessage message = delivery.message();
        Lane lane = Lane.of(delivery.subscriber(), message);
        if (message.kind() == StoredMessage.Kind.COPY) {
            act.mark("DUPLICATE");
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
