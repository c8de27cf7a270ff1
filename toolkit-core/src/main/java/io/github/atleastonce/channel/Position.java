package io.github.atleastonce.channel;

import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.state.Snapshot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a subscription has come in one partition: what it has handled, and what of that is confirmed. */
final class Position implements Lane, Group.Partition {

    private final Subscription subscription;
    private Handlers reader;
    private final List<StoredMessage> log;
    private final ChannelOptions options;
    /** Offsets from {@link #handled} on that were handled before their turn; empty where the order is kept. */
    private final BitSet ahead = new BitSet(0);

    /** Offsets that were handled and are not confirmed, in the order in which they were handled. */
    private final List<Integer> unconfirmed = new ArrayList<>();

    private int handled;

    Position(Subscription subscription, Handlers reader, List<StoredMessage> log, ChannelOptions options) {
        this.subscription = subscription;
        this.reader = reader;
        this.log = log;
        this.options = options;
    }

    @Override
    public @Nullable StoredMessage head() {
        return listens() && !life().isStalled() ? next() : null;
    }

    @Nullable
    StoredMessage next() {
        return handled < log.size() ? log.get(handled) : null;
    }

    @Override
    public Iterable<StoredMessage> overtakers() {
        if (keepsOrder()) {
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
    public boolean keepsOrder() {
        return options.ordering() == Ordering.PARTITION;
    }

    @Override
    public String name(StoredMessage message) {
        return subscriber() + "<" + message.label();
    }

    @Override
    public String title(StoredMessage message) {
        return message.message().title() + " to " + subscriber();
    }

    String subscriber() {
        return life().service();
    }

    /** Returns the life that handles what comes next. */
    Lifetime life() {
        return reader.life();
    }

    @Override
    public Handlers reader() {
        return reader;
    }

    boolean listens() {
        return !reader.isEmpty();
    }

    Group<Position> group() {
        return subscription.group();
    }

    @Override
    public void moveTo(Handlers next) {
        if (next != reader) {
            rewindToConfirmed();
            reader = next;
        }
    }

    Confirmation confirmation() {
        return options.confirmation();
    }

    @Nullable
    String deadLetterChannel() {
        return options.deadLetterChannel();
    }

    /** Lets a member handle a message. */
    static void handle(Handlers member, StoredMessage message) throws Exception {
        if (message.kind() == StoredMessage.Kind.POISON) {
            throw new UnreadableMessageException(message.position());
        }
        member.handle(message.message());
    }

    /** Says whether the reader has a handler for a message; others pass by. */
    boolean takes(StoredMessage message) {
        return message.kind() == StoredMessage.Kind.POISON
                || reader.takes(message.message().payload());
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

    /** Returns what may still be delivered here: what was not handled, and what was and is not confirmed, with all in between. */
    List<StoredMessage> rest() {
        int first = handled;
        for (int offset : unconfirmed) {
            first = Math.min(first, offset);
        }
        return log.subList(first, log.size());
    }

    void capture(Snapshot into) {
        int first = log.size() - rest().size();
        into.number(log.size() - first)
                .number(handled - first)
                .text(
                        ahead.isEmpty()
                                ? ""
                                : ahead.stream()
                                        .map(offset -> offset - first)
                                        .boxed()
                                        .toList()
                                        .toString());
        unconfirmed.forEach(offset -> into.number(offset - first));
        into.text(listens() ? "listening" : "alone");
    }

    int unconfirmed() {
        return unconfirmed.size();
    }

    void confirm() {
        if (!unconfirmed.isEmpty()) {
            unconfirmed.clear();
            subscription.confirmed(this, handled);
        }
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

    @Override
    public void rewindToConfirmed() {
        rewind(unconfirmed.size());
    }
}
