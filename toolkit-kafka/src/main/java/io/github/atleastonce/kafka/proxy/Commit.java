package io.github.atleastonce.kafka.proxy;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apiguardian.api.API;

/**
 * Offsets that a member of a group wants to commit.
 *
 * @param door the port by which it came
 * @param group the group
 * @param member the member
 * @param offsets the offset of the next record for each partition
 * @param transactional whether it takes effect only with its transaction
 */
@API(status = API.Status.INTERNAL)
public record Commit(
        String door, String group, String member, Map<TopicPartition, Long> offsets, boolean transactional) {

    /**
     * Copies the offsets.
     *
     * @param door see above
     * @param group see above
     * @param member see above
     * @param offsets see above
     * @param transactional see above
     */
    public Commit {
        offsets = Map.copyOf(offsets);
    }
}
