package io.github.atleastonce.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class MembershipTests {

    private static final TopicPartition FIRST = new TopicPartition("orders", 0);

    @Test
    void oneOfTheTopicsPartitionsMakesAConsumerOfTheTopic() {
        Membership group = Membership.of(List.of(member("m-1", Set.of(FIRST)), member("m-2", Set.of())));

        assertThat(group.members()).containsExactlyInAnyOrder("m-1", "m-2");
        assertThat(group.assigned()).containsExactly(FIRST);
        assertThat(group.topics()).containsExactly("orders");
        assertThat(group.consumesAnyOf(Set.of("orders", "replies"))).isTrue();
        assertThat(group.consumesAnyOf(Set.of("replies"))).isFalse();
    }

    @SuppressWarnings("removal") // the constructor that clients 3.9 to 4.4 share
    private static MemberDescription member(String id, Set<TopicPartition> assigned) {
        return new MemberDescription(id, "client", "host", new MemberAssignment(assigned));
    }
}
