package io.github.atleastonce.kafka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ClassicGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
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

    /** Returns the members of each group; groups that have gone are left out. */
    static Map<String, Membership> memberships(Admin admin, Answers answers, Collection<String> groups) {
        Map<String, Membership> memberships = new HashMap<>();
        if (groups.isEmpty()) {
            return memberships;
        }
        admin.describeClassicGroups(groups).describedGroups().forEach((id, description) -> {
            try {
                memberships.put(id, Membership.of(members(answers, description)));
            } catch (GroupIdNotFoundException gone) {
                memberships.remove(id);
            }
        });
        return memberships;
    }

    private static List<MemberDescription> members(Answers answers, Future<ClassicGroupDescription> description) {
        return new ArrayList<>(answers.await(description).members());
    }
}
