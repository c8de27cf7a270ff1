package io.github.atleastonce.kafka;

import io.github.atleastonce.run.Run;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.ConsumerGroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The broker's side of groups whose members are nodes of a service, each under an id of its own ({@code group.instance.id}): the broker forgets a member
 * when the run says that its session has ended, and from then on refuses what that commits.
 */
@API(status = API.Status.INTERNAL)
public final class NodeMembers {

    private final Admin admin;
    private final Answers answers;

    private NodeMembers(KafkaCluster cluster) {
        this.admin = cluster.clients().admin();
        this.answers = cluster.answers();
    }

    /**
     * Returns the broker's side of the groups of a run.
     *
     * @param run the run
     * @return what asks the broker, or empty if the run takes place elsewhere
     */
    public static Optional<NodeMembers> of(Run run) {
        return KafkaCluster.of(run).map(cluster -> run.belonging(NodeMembers.class, any -> new NodeMembers(cluster)));
    }

    /**
     * Lets the broker forget members, as it does when a session ends. Does nothing to those that it does not know.
     *
     * @param group the group
     * @param instances the ids of the members, as they have configured them
     */
    public void remove(String group, Collection<String> instances) {
        for (String instance : instances) {
            try {
                answers.await(admin.removeMembersFromConsumerGroup(
                                group, new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove(instance))))
                        .all());
            } catch (KafkaException failure) {
                if (!isUnknown(failure)) {
                    throw failure;
                }
            }
        }
    }

    /** The client wraps what the broker says of a member. */
    private static boolean isUnknown(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownMemberIdException || cause instanceof GroupIdNotFoundException) {
                return true;
            }
        }
        return false;
    }

    /**
     * Says whether a group has come to rest with some number of members.
     *
     * @param group the group
     * @param count how many there should be
     * @return whether no member joins or leaves at this moment, and there are so many
     */
    @SuppressWarnings({"deprecation", "removal"}) // the calls that clients 3.9 to 4.4 share
    public boolean areStable(String group, int count) {
        Map<String, ConsumerGroupState> states = answers
                .await(admin.listConsumerGroups().all())
                .stream()
                .collect(Collectors.toMap(
                        listing -> listing.groupId(),
                        listing -> listing.state().orElse(ConsumerGroupState.UNKNOWN),
                        (one, other) -> one));
        ConsumerGroupState state = states.getOrDefault(group, ConsumerGroupState.EMPTY);
        if (count == 0 || state != ConsumerGroupState.STABLE) {
            return count == 0 && state != ConsumerGroupState.STABLE;
        }
        Membership membership = membership(group);
        return membership != null && membership.members().size() == count;
    }

    @SuppressWarnings({"deprecation", "removal"}) // as above
    private @Nullable Membership membership(String group) {
        if (ClassicGroups.canBeDescribed()) {
            return ClassicGroups.memberships(admin, answers, List.of(group)).get(group);
        }
        ConsumerGroupDescription description = answers.await(
                        admin.describeConsumerGroups(List.of(group)).all())
                .get(group);
        return description == null ? null : Membership.of(description.members());
    }
}
