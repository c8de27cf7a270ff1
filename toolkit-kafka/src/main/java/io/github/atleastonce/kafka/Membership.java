package io.github.atleastonce.kafka;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * Who belongs to a consumer group, and what all of them together are assigned. A group that has one partition of a topic consumes all of
 * them: what it is not assigned at this moment is on its way from one member to another.
 *
 * @param members the ids of the members
 * @param assigned the partitions
 * @param topics the topics of these partitions
 */
record Membership(Set<String> members, Set<TopicPartition> assigned, Set<String> topics) {

    static Membership of(Collection<MemberDescription> descriptions) {
        Set<String> members = new HashSet<>();
        Set<TopicPartition> assigned = new HashSet<>();
        Set<String> topics = new HashSet<>();
        for (MemberDescription member : descriptions) {
            members.add(member.consumerId());
            assigned.addAll(member.assignment().topicPartitions());
        }
        assigned.forEach(partition -> topics.add(partition.topic()));
        return new Membership(members, assigned, topics);
    }

    boolean consumesAnyOf(Set<String> some) {
        return topics.stream().anyMatch(some::contains);
    }
}
