package io.github.atleastonce.kafka.proxy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The members of groups that came by the proxy, and who of them uses which connection. */
final class Members implements Inspection {

    private static final int LEAVE_VERSION = 3;
    private static final int LEAVING_EPOCH = -1;
    private static final int LEAVING_STATIC_EPOCH = -2;
    private static final int UNKNOWN_MEMBER_ID = 25;

    private final Errand errand;
    private final Messages messages;
    private final Map<Id, Member> members = new ConcurrentHashMap<>();
    /** Sets that never change, since others look at them meanwhile. */
    private final Map<Client, Set<String>> groups = new ConcurrentHashMap<>();

    private final Map<Client, Set<String>> left = new ConcurrentHashMap<>();
    /** Where the members are that a client is, by the broker that coordinates each: several consumers may share one id. */
    private final Map<Client, Map<Id, Upstream>> seats = new ConcurrentHashMap<>();

    private final Map<Client, Leaving> leaving = new ConcurrentHashMap<>();

    private record Id(String group, String member) {}

    private record Client(String door, String id) {}

    private record Member(boolean classic, @Nullable String instance) {}

    /** What a member has in hand when it is to leave. */
    private record Leaving(TopicPartition partition, long offset) {}

    Members(Errand errand, Messages messages) {
        this.errand = errand;
        this.messages = messages;
    }

    @Override
    public void asked(Exchange exchange, Line line) {
        Struct request = exchange.request();
        if (request != null) {
            Client client = new Client(line.door(), exchange.client());
            Set<String> gone = Objects.requireNonNullElse(left.remove(client), Set.of());
            groups.compute(client, (any, all) -> joining(request.textOf("groupId"), all, gone));
        }
    }

    @Override
    public void answered(Exchange exchange, Line line) {
        Struct request = exchange.request();
        Struct answer = exchange.response();
        if (request == null || answer == null) {
            return;
        }
        Client client = new Client(line.door(), exchange.client());
        if (exchange.is(Api.LEAVE_GROUP)) {
            leavers(request).forEach(member -> forget(client, new Id(request.textOf("groupId"), member)));
        } else {
            joined(exchange.is(Api.JOIN_GROUP), request, answer, client, line.broker());
        }
    }

    private static List<String> leavers(Struct request) {
        return request.has("members")
                ? request.structs("members").stream()
                        .map(member -> member.textOf("memberId"))
                        .toList()
                : List.of(request.textOf("memberId"));
    }

    /** In the classic protocol the broker gives a member its id; in the newer one whoever leaves says so where others say that they are there. */
    private void joined(boolean classic, Struct request, Struct answer, Client client, Upstream coordinator) {
        String member = answer.textOf("memberId");
        Id id = new Id(request.textOf("groupId"), member.isEmpty() ? request.textOf("memberId") : member);
        if (!classic && request.number("memberEpoch") < 0) {
            forget(client, id);
            return;
        }
        String field = classic ? "groupInstanceId" : "instanceId";
        members.put(id, new Member(classic, request.has(field) ? request.text(field) : null));
        seats.computeIfAbsent(client, none -> new ConcurrentHashMap<>()).put(id, coordinator);
    }

    /** A client that has left may be a member of another group under the same id, as in the next test. */
    private void forget(Client client, Id id) {
        Map<Id, Upstream> own = seats.computeIfAbsent(client, none -> new ConcurrentHashMap<>());
        own.remove(id);
        if (own.keySet().stream().noneMatch(other -> other.group().equals(id.group()))) {
            left.merge(client, Set.of(id.group()), Members::both);
        }
    }

    /** What a client has left counts until it is of another group: what it has asked for last may still come. */
    private static Set<String> joining(String group, @Nullable Set<String> before, Set<String> gone) {
        if (before == null) {
            return Set.of(group);
        }
        Set<String> still =
                before.stream().filter(other -> !gone.contains(other)).collect(Collectors.toUnmodifiableSet());
        return both(still, Set.of(group));
    }

    private static Set<String> both(Set<String> some, Set<String> more) {
        return Stream.concat(some.stream(), more.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the group that a client is a member of, empty if none, or if several cannot be told apart. */
    String groupOf(String door, String client) {
        Set<String> found = groups.getOrDefault(new Client(door, client), Set.of());
        return found.size() == 1 ? found.iterator().next() : "";
    }

    /** Says whether a client is a member of any group. */
    boolean isMember(String door, String client) {
        return groups.containsKey(new Client(door, client));
    }

    /** Says whether all of these members of a group came by the proxy, as clients that are told from those of other groups. */
    boolean areTold(String group, Set<String> ids) {
        return !ids.isEmpty()
                && ids.stream().allMatch(id -> knows(group, id))
                && groups.values().stream().allMatch(all -> all.size() == 1 || !all.contains(group));
    }

    /** Says whether a member came by the proxy, so that it can be made to leave. */
    boolean knows(String group, String member) {
        return members.containsKey(new Id(group, member));
    }

    /** Lets a member leave its group, without its knowledge; it comes back when it notices. */
    void evict(String group, String member, Upstream coordinator) {
        Member known = members.get(new Id(group, member));
        if (known == null) {
            throw new CutException("Nobody knows the member " + member + " of " + group + ".");
        }
        try {
            int error = known.classic()
                    ? leave(group, member, known, coordinator)
                    : depart(group, member, known, coordinator);
            seats.values().forEach(own -> own.remove(new Id(group, member)));
            if (error != 0 && error != UNKNOWN_MEMBER_ID) {
                throw new CutException(
                        "The member " + member + " of " + group + " could not leave: error " + error + ".");
            }
        } catch (IOException away) {
            throw new CutException("The member " + member + " of " + group + " could not leave: " + away);
        }
    }

    /** Lets the member that a client is leave its group once it has records in hand: until it fetches, or commits, what comes after an offset. */
    void evictLater(String door, String client, TopicPartition partition, long offset) {
        leaving.put(new Client(door, client), new Leaving(partition, offset));
    }

    /** Says whether a member is to leave. */
    boolean hasLeaving() {
        return !leaving.isEmpty();
    }

    /** Lets a member leave that is to leave, and goes beyond an offset, with all that share its id; whoever asks meanwhile waits until it has left. */
    synchronized void evictIfDue(String door, String client, TopicPartition partition, long offset) {
        Client who = new Client(door, client);
        Leaving due = leaving.get(who);
        if (due != null && due.partition().equals(partition) && offset > due.offset()) {
            leaving.remove(who);
            seats.getOrDefault(who, Map.of()).forEach((id, coordinator) -> evict(id.group(), id.member(), coordinator));
        }
    }

    /** Forgets who was to leave. */
    void begin() {
        leaving.clear();
    }

    /** Lets all members leave their groups that came by an entrance. */
    void leave(String door) {
        seats.forEach((client, own) -> {
            if (client.door().equals(door)) {
                own.forEach(this::letGo);
            }
        });
        seats.keySet().removeIf(client -> client.door().equals(door));
        groups.keySet().removeIf(client -> client.door().equals(door));
        left.keySet().removeIf(client -> client.door().equals(door));
        leaving.keySet().removeIf(client -> client.door().equals(door));
    }

    private void letGo(Id id, Upstream coordinator) {
        try {
            evict(id.group(), id.member(), coordinator);
        } catch (CutException away) {
            // Then the broker finds out by itself.
        }
    }

    private int leave(String group, String member, Member known, Upstream coordinator) throws IOException {
        Struct request =
                Struct.blank(messages.request(Api.LEAVE_GROUP, LEAVE_VERSION)).set("groupId", group);
        request.add("members").set("memberId", member).set("groupInstanceId", known.instance());
        Struct answer = errand.ask(coordinator, Api.LEAVE_GROUP, LEAVE_VERSION, request);
        int error = answer.number("errorCode");
        for (Struct left : answer.structs("members")) {
            error = error == 0 ? left.number("errorCode") : error;
        }
        return error;
    }

    private int depart(String group, String member, Member known, Upstream coordinator) throws IOException {
        Struct request = Struct.blank(messages.request(Api.CONSUMER_GROUP_HEARTBEAT, 0))
                .set("groupId", group)
                .set("memberId", member)
                .set("memberEpoch", known.instance() == null ? LEAVING_EPOCH : LEAVING_STATIC_EPOCH)
                .set("instanceId", known.instance())
                .set("rebalanceTimeoutMs", -1);
        return errand.ask(coordinator, Api.CONSUMER_GROUP_HEARTBEAT, 0, request).number("errorCode");
    }
}
