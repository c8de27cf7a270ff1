package io.github.atleastonce.kafka.proxy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A proxy before a Kafka cluster, in this JVM, on loopback. Without a {@link Watch} it changes nothing but addresses. Safe for use by several threads.
 */
@API(status = API.Status.INTERNAL)
public final class FaultProxy implements AutoCloseable {

    private static final long UNANSWERED_NANOS = Duration.ofMillis(50).toNanos();
    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    private final List<Upstream> brokers;
    private final Inspections inspections;
    private final Threads threads = new Threads();
    private final Watching watching = new Watching();
    private final Members members;
    private final OneByOne oneByOne = new OneByOne();
    private final Queue<Door> doors = new ConcurrentLinkedQueue<>();
    private final Door shared;

    private final @Nullable Runnable restart;

    private FaultProxy(List<Upstream> brokers, @Nullable Runnable restart) {
        this.brokers = brokers;
        this.restart = restart;
        Messages messages = Messages.read();
        TopicIds topics = new TopicIds();
        Errand errand = new Errand(messages);
        this.members = new Members(errand, messages);
        this.inspections = new Inspections(messages)
                .add(new Versions(messages), Api.API_VERSIONS)
                .add(topics, Api.METADATA)
                .add(members, Api.JOIN_GROUP, Api.CONSUMER_GROUP_HEARTBEAT, Api.LEAVE_GROUP)
                .add(oneByOne, Api.JOIN_GROUP)
                .add(new Heartbeats(watching), Api.CONSUMER_GROUP_HEARTBEAT)
                .add(new Appends(watching, topics, errand, messages), Api.PRODUCE)
                .add(new Commits(watching, topics, members, errand, oneByOne), Api.OFFSET_COMMIT, Api.TXN_OFFSET_COMMIT)
                .add(new Fetches(watching, topics, members, oneByOne), Api.FETCH)
                .add(
                        new Addresses(),
                        Api.METADATA,
                        Api.FIND_COORDINATOR,
                        Api.DESCRIBE_CLUSTER,
                        Api.PRODUCE,
                        Api.FETCH,
                        Api.SHARE_FETCH,
                        Api.SHARE_ACKNOWLEDGE);
        this.shared = open("clients");
    }

    /**
     * Starts a proxy.
     *
     * @param bootstrapServers where the cluster is, as host:port, separated by commas
     * @return the proxy, with one entrance
     * @throws IllegalArgumentException if the address is not one
     */
    public static FaultProxy before(String bootstrapServers) {
        return before(bootstrapServers, null);
    }

    /**
     * Starts a proxy before a cluster that can be stopped and started again.
     *
     * @param bootstrapServers where the cluster is, as host:port, separated by commas
     * @param restart does that, and returns when the cluster is there again, or null if nobody can
     * @return the proxy, with one entrance
     * @throws IllegalArgumentException if the address is not one
     */
    public static FaultProxy before(String bootstrapServers, @Nullable Runnable restart) {
        return new FaultProxy(Upstream.parse(bootstrapServers), restart);
    }

    /**
     * Returns what stops the cluster and starts it again, once it has answered those who have asked it for something that has an effect, or 50 ms
     * later.
     *
     * @return that, or empty if nobody can
     */
    public Optional<Runnable> restarting() {
        Runnable present = restart;
        return present == null
                ? Optional.empty()
                : Optional.of(() -> {
                    awaitEffects();
                    present.run();
                });
    }

    /**
     * Says whether there are several brokers, of which one leads what another has led.
     *
     * @return whether there are
     */
    public boolean isBeforeSeveral() {
        return brokers.size() > 1;
    }

    /** What is on its way to the broker when that stops may be there or not: that is no matter of chance where it is there in a moment. */
    private void awaitEffects() {
        long end = System.nanoTime() + UNANSWERED_NANOS;
        while (doors.stream().anyMatch(Door::awaitsEffect) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /**
     * Returns the address of the entrance that all may use.
     *
     * @return host:port, separated by commas if there are several
     */
    public String bootstrapServers() {
        return shared.bootstrapServers();
    }

    /**
     * Opens another entrance.
     *
     * @param name whose it is; no other entrance has the same
     * @return the entrance; whoever opens it closes it
     */
    public Door open(String name) {
        Door door = new Door(name, brokers, inspections, threads);
        doors.add(door);
        return door;
    }

    /**
     * Closes an entrance, and lets the members of groups leave that came by it, as a broker does when it has heard nothing of them for long.
     *
     * @param door the entrance; whoever came by it has ended
     */
    public void close(Door door) {
        doors.remove(door);
        door.close();
        members.leave(door.name());
    }

    /**
     * Says whether what a group fetches can be held back: all of its members come by the proxy, and each of its clients is told by its id from those
     * of other groups.
     *
     * @param group the group
     * @param ids the ids of its members
     * @return whether {@link Watch#givesBefore} is asked for all that it fetches
     */
    public boolean holdsBack(String group, Set<String> ids) {
        return members.areTold(group, ids);
    }

    /**
     * Says whether all of the members of a group came by the proxy, and so all that they commit.
     *
     * @param group the group
     * @param ids the ids of its members
     * @return whether they did; false if it has no members
     */
    public boolean knows(String group, Set<String> ids) {
        return !ids.isEmpty() && ids.stream().allMatch(id -> members.knows(group, id));
    }

    /**
     * Says whether somebody appends something, and the broker has not answered.
     *
     * @return whether anybody does
     */
    public boolean awaitsAppend() {
        return doors.stream().anyMatch(Door::awaitsAppend);
    }

    /**
     * Lets something watch what passes.
     *
     * @param next what is asked from now on, or null for nothing
     */
    public void watch(@Nullable Watch next) {
        oneByOne.begin();
        members.begin();
        watching.begin(next);
    }

    /** Cuts off everybody, and ends the proxy. */
    @Override
    public void close() {
        watching.begin(null);
        List.copyOf(doors).forEach(Door::close);
    }

    @Override
    public String toString() {
        return "proxy at " + bootstrapServers() + " before " + brokers;
    }
}
