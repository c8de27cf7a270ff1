package io.github.atleastonce.kafka.proxy;

import org.apache.kafka.common.TopicPartition;
import org.apiguardian.api.API;

/**
 * A batch of records that a client wants to append.
 *
 * @param door the port by which it came
 * @param client the id that the client gives itself, empty if none
 * @param topic the topic, empty if nobody has told its name yet
 * @param partition the partition
 * @param records how many records
 * @param transactional whether it takes effect only with its transaction
 * @param again whether the broker may have it already, since it is sent again
 */
@API(status = API.Status.INTERNAL)
public record Append(
        String door, String client, String topic, int partition, int records, boolean transactional, boolean again) {

    /**
     * Says where it goes.
     *
     * @return the topic and the partition
     */
    public TopicPartition topicPartition() {
        return new TopicPartition(topic, partition);
    }
}
