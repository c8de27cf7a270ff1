package io.github.atleastonce.kafka;

import io.github.atleastonce.run.UsageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that a test uses, with their partitions. */
final class Topics {

    private final Admin admin;
    private final Answers answers;
    private final Map<String, Integer> partitions = new TreeMap<>();

    Topics(Admin admin, Answers answers) {
        this.admin = admin;
        this.answers = answers;
    }

    /** Takes a topic into account, which must exist. */
    int use(String topic) {
        Integer known = partitions.get(topic);
        return known == null ? learn(topic) : known;
    }

    /** Says whether the broker has a topic. */
    boolean exists(String topic) {
        try {
            return use(topic) > 0;
        } catch (UsageException unknown) {
            return false;
        }
    }

    Set<String> names() {
        return partitions.keySet();
    }

    List<TopicPartition> partitionsOf(String topic) {
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < use(topic); partition++) {
            all.add(new TopicPartition(topic, partition));
        }
        return all;
    }

    List<TopicPartition> all() {
        List<TopicPartition> all = new ArrayList<>();
        names().forEach(topic -> all.addAll(partitionsOf(topic)));
        return all;
    }

    /** Deletes all records before some offsets: a consumer that is stuck there moves on to what comes next. */
    void deleteBefore(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, RecordsToDelete> bygone = new HashMap<>();
        offsets.forEach((partition, offset) -> bygone.put(partition, RecordsToDelete.beforeOffset(offset)));
        answers.await(admin.deleteRecords(bygone).all());
    }

    private int learn(String topic) {
        try {
            TopicDescription description = answers.await(
                            admin.describeTopics(List.of(topic)).allTopicNames())
                    .get(topic);
            int count = description == null ? 0 : description.partitions().size();
            partitions.put(topic, count);
            return count;
        } catch (UnknownTopicOrPartitionException unknown) {
            throw new UsageException(
                    "There is no topic '" + topic
                            + "' on the broker: declare it with @KafkaBroker(topics = @Topic(name = \"" + topic
                            + "\")).",
                    unknown);
        }
    }
}
