package io.github.atleastonce.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the logs of partitions end.
 *
 * @param admin whom to ask
 * @param answers how long the answer may take
 */
record LogEnds(Admin admin, Answers answers) {

    /** Returns the offsets that the next records of some partitions will get. */
    Map<TopicPartition, Long> of(Collection<TopicPartition> partitions) {
        return of(partitions, IsolationLevel.READ_UNCOMMITTED);
    }

    /** Returns the same, or where transactions begin that are open. */
    Map<TopicPartition, Long> of(Collection<TopicPartition> partitions, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        answers.await(admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                        .all())
                .forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }
}
