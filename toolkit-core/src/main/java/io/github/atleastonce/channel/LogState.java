package io.github.atleastonce.channel;

import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.state.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Says what the rest of a run depends on in the transport in memory: of each log what may still be delivered, copied or named, and not how long it is. Made for
 * one snapshot.
 */
final class LogState {

    private final Run run;
    private final Snapshot into;
    private final List<Position> positions = new ArrayList<>();

    LogState(Run run, Snapshot into, List<Subscription> subscriptions) {
        this.run = run;
        this.into = into;
        subscriptions.forEach(subscription -> positions.addAll(subscription.positions()));
    }

    void write(List<Subscription> subscriptions, Dispatcher<Position> dispatcher) {
        for (Subscription subscription : subscriptions) {
            subscription.capture(into);
        }
        SortedSet<Long> order = new TreeSet<>();
        positions.forEach(position -> position.rest().forEach(message -> order.add(message.sequence())));
        for (Position position : positions) {
            position.capture(into);
            for (StoredMessage message : position.rest()) {
                message(into, message);
                into.number(order.headSet(message.sequence()).size());
                into.number(Attempts.number(run, position.subscriber(), position.life(), message));
                into.text(dispatcher.wasReleased(message) ? "released" : "");
            }
        }
        dispatcher.capture(into);
    }

    /** Writes a message as its subscribers get it. */
    static void message(Snapshot into, StoredMessage stored) {
        into.text(stored.label().toString())
                .text(stored.kind().name())
                .text(stored.message().id())
                .text(stored.message().key())
                .text(stored.message().type())
                .text(stored.message().headers().toString())
                .memory(stored.message().payload());
    }
}
