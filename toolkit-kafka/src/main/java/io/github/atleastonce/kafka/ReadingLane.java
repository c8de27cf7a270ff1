package io.github.atleastonce.kafka;

import io.github.atleastonce.channel.Lane;
import io.github.atleastonce.message.StoredMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A partition on its way to a consumer group behind the proxy. */
final class ReadingLane implements Lane {

    private final WireTurn turn;
    private final RunRecords records;
    private @Nullable StoredMessage head;
    private long offset;
    private long given;

    ReadingLane(WireTurn turn, RunRecords records) {
        this.turn = turn;
        this.records = records;
    }

    WireTurn turn() {
        return turn;
    }

    /** Lets the record at an offset be the next one. When it was appended says nothing of whose turn it is. */
    void stand(long at) {
        if (head == null || offset != at) {
            StoredMessage there = records.at(turn.partition(), at);
            head = new StoredMessage(
                    there.message(), there.label(), there.partition(), there.offset(), 0, there.kind());
            offset = at;
        }
    }

    /** Lets nothing be next. */
    void rest() {
        head = null;
    }

    /** Returns where the next record is. */
    long offset() {
        return offset;
    }

    /** Takes note that the group is given what lies before an offset. */
    void given(long before) {
        given = Math.max(given, before);
    }

    /** Says whether the group was given what lies at an offset. */
    boolean wasGiven(long at) {
        return at < given;
    }

    @Override
    public @Nullable StoredMessage head() {
        return head;
    }

    @Override
    public Iterable<StoredMessage> overtakers() {
        return List.of();
    }

    @Override
    public boolean keepsOrder() {
        return true;
    }

    @Override
    public String name(StoredMessage message) {
        return turn.group() + "<" + message.label();
    }

    @Override
    public String title(StoredMessage message) {
        return message.message().title() + " to " + turn.group();
    }

    @Override
    public String toString() {
        return turn.partition() + " to " + turn.group();
    }
}
