package io.github.atleastonce.kafka;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ClassicGroupDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Describes groups of the classic protocol by the call that is made for them, which takes a millisecond; the call for all groups tries
 * the newer protocol first and takes twenty. Clients before 4.0 do not have it.
 */
final class ClassicGroups {

    private static final boolean KNOWN = Arrays.stream(Admin.class.getMethods())
            .anyMatch(method -> method.getName().equals("describeClassicGroups"));

    private ClassicGroups() {}

    static boolean canBeDescribed() {
        return KNOWN;
    }

    /** Returns what each group is assigned; groups that have gone are left out. */
    static Map<String, Set<TopicPartition>> assignments(Admin admin, Collection<String> groups) {
        Map<String, Set<TopicPartition>> assignments = new HashMap<>();
        if (groups.isEmpty()) {
            return assignments;
        }
        admin.describeClassicGroups(groups).describedGroups().forEach((id, description) -> {
            try {
                assignments.put(id, assignment(description));
            } catch (GroupIdNotFoundException gone) {
                assignments.remove(id);
            }
        });
        return assignments;
    }

    private static Set<TopicPartition> assignment(Future<ClassicGroupDescription> description) {
        Set<TopicPartition> all = new HashSet<>();
        Wait.on(description)
                .members()
                .forEach(member -> all.addAll(member.assignment().topicPartitions()));
        return all;
    }
}
