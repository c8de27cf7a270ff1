package io.github.atleastonce.kafka;

import io.github.atleastonce.channel.Delivery;
import io.github.atleastonce.channel.Group;
import io.github.atleastonce.channel.Handlers;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.message.Handler;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.message.Tombstone;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.schedule.Fault;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A service of the scenario that reads a topic, or the nodes of one that share it. Each has a consumer of its own, which is assigned what it reads and
 * polled on the test's thread; the run is the coordinator of the group.
 */
final class DrivenSubscription {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Run run;
    private final RunRecords records;
    private final Clients clients;
    private final String name;
    private final String topic;
    private final Map<TopicPartition, DrivenPartition> partitions = new LinkedHashMap<>();
    private final Group<DrivenPartition> group;
    private final boolean behindProxy;
    private boolean backsOff;

    /** Lets a life fall out of all groups of the transport. */
    @FunctionalInterface
    interface Departure {

        void of(Lifetime life);
    }

    DrivenSubscription(
            Run run,
            RunRecords records,
            String topic,
            Clients clients,
            boolean behindProxy,
            Lifetime life,
            Map<TopicPartition, Long> from) {
        this.run = run;
        this.records = records;
        this.topic = topic;
        this.clients = clients;
        this.behindProxy = behindProxy;
        this.name = life.group();
        Handlers first = new Handlers(life);
        from.forEach((partition, offset) -> partitions.put(partition, new DrivenPartition(partition, first, offset)));
        this.group = new Group<>(first, List.copyOf(partitions.values()));
    }

    boolean is(String reader, String channel) {
        return name.equals(reader) && topic.equals(channel);
    }

    String topic() {
        return topic;
    }

    Group<DrivenPartition> group() {
        return group;
    }

    <T> void join(Lifetime present, Class<T> type, Handler<T> handler) {
        group.join(present, type, handler);
    }

    void leave(Lifetime dead) {
        if (group.leave(dead)) {
            backsOff = false;
        }
    }

    /** Says whether the last record was handled in vain, and is tried again once all else is quiet. */
    boolean backsOff() {
        return backsOff;
    }

    void retry() {
        backsOff = false;
    }

    /** Confirms what was handled, and gives each node its share again. */
    void settled() {
        partitions.forEach((partition, state) -> {
            Long place = state.confirm();
            if (place != null) {
                run.history().add(new Event.Committed(name, topic, partition.partition(), place));
            }
        });
        group.settled();
    }

    List<String> behind(Map<TopicPartition, Long> ends) {
        return phrases(state -> state.isBehind(ends.get(state.partition())), ends, "");
    }

    /** Says whether what was read by somebody is read by nobody. */
    boolean isAbandoned() {
        return partitions.values().stream().anyMatch(DrivenPartition::isUnread);
    }

    /** Names what nobody reads any more. */
    List<String> abandoned(Map<TopicPartition, Long> ends) {
        return phrases(
                state -> state.isUnread() && state.isBefore(ends.get(state.partition())),
                ends,
                ", and it no longer subscribes to it");
    }

    private List<String> phrases(Predicate<DrivenPartition> which, Map<TopicPartition, Long> ends, String more) {
        return partitions.values().stream()
                .filter(which)
                .map(state -> state.partition() + " is read by "
                        + state.reader().life().service() + " up to " + state.handled() + " of "
                        + ends.get(state.partition()) + more)
                .toList();
    }

    /** Handles what is there, each partition in its order, else as it was published; stops after a failure. */
    void consume(Map<TopicPartition, Long> ends, Departure fallOut) {
        Map<Handlers, Set<DrivenPartition>> shares = new LinkedHashMap<>();
        partitions
                .values()
                .forEach(partition -> shares.computeIfAbsent(partition.reader(), none -> new LinkedHashSet<>())
                        .add(partition));
        shares.forEach((member, share) -> fetch(consumerOf(member), share, ends));
        for (DrivenPartition next = next(); next != null; next = next()) {
            StoredMessage message = Objects.requireNonNull(next.head()).stored();
            if (group.offersToFallOut(run, next.reader(), message, fallOut::of) || !handle(next)) {
                return;
            }
        }
        shares.forEach((member, share) -> share.forEach(partition -> partition.passMarkers(consumerOf(member))));
    }

    private Consumer<byte[], byte[]> consumerOf(Handlers member) {
        return clients.consumer(member.life().service(), topic);
    }

    /** One poll may bring less than there is: how much is no matter of chance. */
    private void fetch(Consumer<byte[], byte[]> consumer, Set<DrivenPartition> share, Map<TopicPartition, Long> ends) {
        List<TopicPartition> names =
                share.stream().map(DrivenPartition::partition).toList();
        if (!consumer.assignment().equals(Set.copyOf(names))) {
            share.forEach(DrivenPartition::forget);
            consumer.assign(names);
        }
        share.forEach(partition -> partition.seek(consumer));
        boolean some = true;
        while (some && !reaches(consumer, names, ends)) {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            some = !polled.isEmpty();
            polled.forEach(this::remarkOnOthers);
            polled.forEach(bytes -> Objects.requireNonNull(
                            partitions.get(new TopicPartition(bytes.topic(), bytes.partition())))
                    .add(new DrivenPartition.Arrival(bytes, records.stored(bytes))));
        }
    }

    /** What somebody else has written is read by the test's own thread as it lies there. */
    private void remarkOnOthers(ConsumerRecord<byte[], byte[]> bytes) {
        boolean wanted = run.faults().wants(Fault.DELAY) || run.faults().wants(Fault.REORDER);
        if (wanted && behindProxy && !records.isOurs(bytes)) {
            run.history()
                    .caveats()
                    .remark("what others send to '" + topic + "' comes to '" + name
                            + "', which the scenario runs, as it was written: no DELAY, no REORDER");
        }
    }

    private static boolean reaches(
            Consumer<byte[], byte[]> consumer, List<TopicPartition> names, Map<TopicPartition, Long> ends) {
        return names.stream().allMatch(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
    }

    /** What others have sent has no place in the order of this run, so it only keeps that of its partition. */
    private @Nullable DrivenPartition next() {
        DrivenPartition first = null;
        long order = 0;
        for (DrivenPartition partition : partitions.values()) {
            DrivenPartition.Arrival head = partition.head();
            if (head != null && (first == null || head.stored().sequence() < order)) {
                first = partition;
                order = head.stored().sequence();
            }
        }
        return first;
    }

    /** Says whether the next record may follow: after a failure the same one comes again, after a death whatever was not confirmed. */
    private boolean handle(DrivenPartition partition) {
        DrivenPartition.Handling begun = partition.take();
        Delivery.Result result;
        try {
            result = deliver(begun);
        } finally {
            partition.putDown(begun);
        }
        if (partition.isLost(begun)) {
            return false;
        }
        if (result instanceof Delivery.Result.Handled) {
            partition.passed(begun.arrival());
            return true;
        }
        partition.forget();
        if (result instanceof Delivery.Result.Failed failed) {
            if (failed.exhausted()) {
                throw failed.fatal("'" + begun.member().life().service() + "' threw " + failed.attempt()
                        + " times (maxAttempts) for "
                        + begun.arrival().stored().message().title() + " of '" + topic
                        + "'");
            }
            backsOff = true;
        }
        return false;
    }

    private Delivery.Result deliver(DrivenPartition.Handling begun) {
        Handlers member = begun.member();
        DrivenPartition.Arrival arrival = begun.arrival();
        StoredMessage stored = arrival.stored();
        Delivery delivery = new Delivery(run, member.life(), member.life().service(), stored);
        Object payload;
        try {
            byte[] value = arrival.bytes().value();
            payload = value == null ? Tombstone.INSTANCE : Payloads.read(value, typeOf(member, arrival));
        } catch (RuntimeException unreadable) {
            return delivery.perform(() -> {
                throw unreadable;
            });
        }
        if (!member.takes(payload)) {
            return new Delivery.Result.Handled();
        }
        Message sent = stored.message();
        Message read = new Message(
                sent.id(), RunRecords.key(arrival.bytes()), sent.type(), RunRecords.headers(arrival.bytes()), payload);
        return delivery.perform(() -> member.handle(read));
    }

    /** What this run has published is read back as what it was; anything else as what the first handler wants. */
    private Class<?> typeOf(Handlers member, DrivenPartition.Arrival arrival) {
        StoredMessage stored = arrival.stored();
        boolean ours = records.isOurs(arrival.bytes())
                && stored.kind() != StoredMessage.Kind.POISON
                && !(stored.message().payload() instanceof byte[]);
        if (ours) {
            return stored.message().payload().getClass();
        }
        Class<?> wanted = member.firstType();
        return wanted == Message.class ? byte[].class : wanted;
    }
}
