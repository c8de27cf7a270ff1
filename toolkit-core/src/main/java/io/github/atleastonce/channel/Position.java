package io.github.atleastonce.channel;

import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Lifetime;
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

    /** Offsets that were handled and are not confirmed, in the order in which they were handled. */
    private final List<Integer> unconfirmed = new ArrayList<>();

    private int handled;

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

    String subscriber() {
        return subscription.subscriber();
    }

    Lifetime life() {
        return subscription.life();
    }

    Confirmation confirmation() {
        return options.confirmation();
    }

    @Nullable
    String deadLetterChannel() {
        return options.deadLetterChannel();
    }

    void handle(StoredMessage message) throws Exception {
        subscription.handle(message);
    }

    boolean takes(StoredMessage message) {
        return subscription.takes(message);
    }

    void advance(StoredMessage message) {
        int offset = (int) message.offset();
        unconfirmed.add(offset);
        if (offset != handled) {
            ahead.set(offset);
            return;
        }
        handled++;
        while (ahead.get(handled)) {
            ahead.clear(handled++);
        }
    }

    int unconfirmed() {
        return unconfirmed.size();
    }

    void confirm() {
        unconfirmed.clear();
    }

    /** Takes the last messages back that were handled; in a partition in order these are the ones before the next. */
    void rewind(int messages) {
        for (int i = 0; i < messages; i++) {
            int offset = unconfirmed.remove(unconfirmed.size() - 1);
            if (offset < handled) {
                ahead.set(offset + 1, handled);
                handled = offset;
            } else {
                ahead.clear(offset);
            }
        }
    }

    void rewindToConfirmed() {
        rewind(unconfirmed.size());
    }
}
