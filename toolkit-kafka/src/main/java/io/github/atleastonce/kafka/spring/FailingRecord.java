package io.github.atleastonce.kafka.spring;

import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A record with which a consumer fails: how often in a row, and since when.
 *
 * @param partition where it lies
 * @param offset its offset there
 * @param times how often, at least once
 * @param since when it failed first, in nanoseconds, by the clock of whoever keeps it
 */
record FailingRecord(TopicPartition partition, long offset, int times, long since) {

    /** Takes note of one more failure: with the record that failed last, or with another one. */
    static FailingRecord after(@Nullable FailingRecord last, TopicPartition partition, long offset, long now) {
        if (last != null && last.offset == offset && last.partition.equals(partition)) {
            return new FailingRecord(partition, offset, last.times + 1, last.since);
        }
        return new FailingRecord(partition, offset, 1, now);
    }

    boolean isAgain() {
        return times > 1;
    }

    boolean lastsLongerThan(Duration bound, long now) {
        return now - since > bound.toNanos();
    }
}
