package io.github.atleastonce.kafka;

import io.github.atleastonce.channel.Group;
import io.github.atleastonce.channel.Handlers;
import io.github.atleastonce.message.StoredMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A partition that a service of the scenario reads: which of its nodes does, what that has fetched, and how far it has come. */
final class DrivenPartition implements Group.Partition {

    private final TopicPartition partition;
    private final Deque<Arrival> fetched = new ArrayDeque<>();
    private Handlers reader;
    private @Nullable Consumer<byte[], byte[]> soughtBy;
    private @Nullable Handling inHand;
    private long handled;
    private long confirmed;
    private @Nullable Long place;

    /** A record that was fetched and not handled. */
    record Arrival(ConsumerRecord<byte[], byte[]> bytes, StoredMessage stored) {}

    /** A record that a node has in hand. */
    record Handling(Handlers member, Arrival arrival) {}

    DrivenPartition(TopicPartition partition, Handlers reader, long from) {
        this.partition = partition;
        this.reader = reader;
        this.handled = from;
        this.confirmed = from;
    }

    TopicPartition partition() {
        return partition;
    }

    @Override
    public Handlers reader() {
        return reader;
    }

    @Override
    public void moveTo(Handlers next) {
        if (next != reader) {
            rewindToConfirmed();
            reader = next;
        }
    }

    @Override
    public void rewindToConfirmed() {
        handled = confirmed;
        forget();
    }

    /** What was fetched is fetched again. */
    void forget() {
        fetched.clear();
        soughtBy = null;
    }

    /** Lets a consumer go on with what comes next, wherever it has been. */
    void seek(Consumer<byte[], byte[]> consumer) {
        if (soughtBy != consumer) {
            forget();
            consumer.seek(partition, next());
            soughtBy = consumer;
        }
    }

    /** What the reader has in hand it need not fetch again, whatever its share is. */
    private long next() {
        Handling begun = inHand;
        return begun != null && begun.member() == reader
                ? Math.max(handled, begun.arrival().bytes().offset() + 1)
                : handled;
    }

    void add(Arrival arrival) {
        fetched.add(arrival);
    }

    /** What ends a transaction has an offset and is no record: after all that was read comes what has a position behind it. */
    void passMarkers(Consumer<byte[], byte[]> consumer) {
        if (soughtBy == consumer && fetched.isEmpty() && inHand == null) {
            handled = Math.max(handled, consumer.position(partition));
        }
    }

    /** Returns what can be handled next: nothing while its reader does not move, or has a record of it in hand. */
    @Nullable
    Arrival head() {
        return isHeldUp() ? null : fetched.peek();
    }

    private boolean isHeldUp() {
        return isUnread() || reader.life().isStalled() || inHand != null && inHand.member() == reader;
    }

    /** Says whether its reader has no handler: it has died, or does not subscribe any more. */
    boolean isUnread() {
        return reader.isEmpty();
    }

    /** The reader takes the head in hand. */
    Handling take() {
        inHand = new Handling(reader, fetched.remove());
        return inHand;
    }

    /** It has done with it. */
    void putDown(Handling done) {
        if (inHand == done) {
            inHand = null;
        }
    }

    /** Says whether the partition was given to another node meanwhile, so that nothing can be acknowledged. */
    boolean isLost(Handling begun) {
        return begun.member() != reader;
    }

    void passed(Arrival arrival) {
        handled = arrival.bytes().offset() + 1;
        place = arrival.stored().offset() + 1;
    }

    /** Says whether there is something to be handled now: not while that waits for a node that stalls. */
    boolean isBehind(@Nullable Long end) {
        return isBefore(end) && !isHeldUp();
    }

    /** Says whether something was not handled. */
    boolean isBefore(@Nullable Long end) {
        return end != null && handled < end;
    }

    long handled() {
        return handled;
    }

    /** Confirms what was handled, and returns the place behind it, or null if that is where it was. */
    @Nullable
    Long confirm() {
        boolean same = handled == confirmed;
        confirmed = handled;
        return same ? null : place;
    }
}
