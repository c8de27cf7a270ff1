package io.github.atleastonce.channel;

import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Cause;
import io.github.atleastonce.run.Life;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a subscription has come in one partition: what it has handled, and what of that is confirmed. */
final class Position implements Lane {

    private final Subscription subscription;
    private final List<StoredMessage> log;
    private final ChannelOptions options;
    /** Offsets from {@link #handled} on that were handled before their turn; empty where the order is kept. */
    private final BitSet ahead = new BitSet(0);

    private int handled;
    private int confirmed;
    private int failures;

    Position(Subscription subscription, List<StoredMessage> log, ChannelOptions options) {
        this.subscription = subscription;
        this.log = log;
        this.options = options;
    }

    @Override
    public @Nullable StoredMessage head() {
        return subscription.listens() ? next() : null;
    }

    @Nullable
    StoredMessage next() {
        return handled < log.size() ? log.get(handled) : null;
    }

    @Override
    public Iterable<StoredMessage> overtakers() {
        if (options.ordering() == Ordering.PARTITION) {
            return List.of();
        }
        List<StoredMessage> behind = new ArrayList<>();
        for (int i = handled + 1; i < log.size(); i++) {
            if (!ahead.get(i)) {
                behind.add(log.get(i));
            }
        }
        return behind;
    }

    @Override
    public String name(StoredMessage message) {
        return subscription.subscriber() + "<" + message.label();
    }

    @Override
    public String title(StoredMessage message) {
        return message.message().title() + " to " + subscription.subscriber();
    }

    Life life() {
        return subscription.life();
    }

    Confirmation confirmation() {
        return options.confirmation();
    }

    @Nullable
    String deadLetterChannel() {
        return options.deadLetterChannel();
    }

    Cause cause(StoredMessage message) {
        return new DeliveryCause(this, message);
    }

    void handle(StoredMessage message) throws Exception {
        subscription.handle(message);
    }

    int failedOnceMore() {
        return ++failures;
    }

    void advance(StoredMessage message) {
        failures = 0;
        if (message.offset() != handled) {
            ahead.set((int) message.offset());
            return;
        }
        handled++;
        while (ahead.get(handled)) {
            ahead.clear(handled++);
        }
    }

    int unconfirmed() {
        return handled - confirmed;
    }

    void confirm() {
        confirmed = handled;
    }

    void rewind(int messages) {
        handled -= messages;
        ahead.clear();
    }

    void rewindToConfirmed() {
        handled = confirmed;
        failures = 0;
        ahead.clear();
    }

    private record DeliveryCause(Position position, StoredMessage message) implements Cause {

        @Override
        public String name() {
            return position.name(message);
        }

        @Override
        public String title() {
            return position.title(message);
        }

        @Override
        public String start() {
            return "the handler";
        }
    }
}
