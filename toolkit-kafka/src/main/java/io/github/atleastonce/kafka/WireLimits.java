package io.github.atleastonce.kafka;

import io.github.atleastonce.kafka.proxy.Watch;
import java.time.Duration;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/** How much of a partition a group may be given at present. Guarded by whoever has it. */
final class WireLimits {

    private final RunRecords records;
    private final Attendance attendance;
    private final PresentTurn turn;
    private final WireOrder order;
    private final Duration patience;
    private final Predicate<String> free;

    WireLimits(
            RunRecords records,
            Attendance attendance,
            PresentTurn turn,
            WireOrder order,
            Duration patience,
            Predicate<String> free) {
        this.free = free;
        this.records = records;
        this.attendance = attendance;
        this.turn = turn;
        this.order = order;
        this.patience = patience;
    }

    /**
     * While nobody attends, records wait; but whoever leaves them alone for long has something else in mind, such as to wait for a service itself, and
     * so perhaps for what is held back.
     */
    long givesBefore(WireTurn reader, long ended) {
        TopicPartition partition = reader.partition();
        if (!records.isOfRun(partition) || attendance.isOver() || free.test(reader.group())) {
            return Long.MAX_VALUE;
        }
        if (attendance.isHere() && turn.isOf(reader)) {
            return turn.isWhole(ended) ? order.limit(reader) : Watch.FETCH_AGAIN;
        }
        if (turn.isOfListener(reader.group()) && (attendance.isHere() || attendance.isAwayForListener())) {
            return givenEarly(reader, ended); // A poll holds what there is, of all partitions.
        }
        if (attendance.isHere()) {
            return Watch.NOTHING;
        }
        boolean there = attendance.isExpected(patience);
        if (there && !attendance.isLet(reader.group())) {
            return Watch.NOTHING;
        }
        while (!there && order.limit(reader) < ended) {
            order.releaseEarly("the test, or a service of the scenario,");
        }
        return givenEarly(reader, ended);
    }

    private long givenEarly(WireTurn reader, long ended) {
        long limit = order.limit(reader);
        order.givenEarly(reader, Math.min(ended, limit));
        return limit;
    }
}
