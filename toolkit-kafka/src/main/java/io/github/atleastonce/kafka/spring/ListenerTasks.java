package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.channel.Delivery;
import io.github.atleastonce.history.Cause;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.hosted.HostedTask;
import io.github.atleastonce.hosted.HostedTasks;
import io.github.atleastonce.hosted.OutageClock;
import io.github.atleastonce.kafka.RunRecords;
import io.github.atleastonce.log.CrashLogs;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.ServiceFailedException;
import io.github.atleastonce.schedule.Bound;
import io.github.atleastonce.schedule.Bounds;
import io.github.atleastonce.schedule.Fault;
import io.github.atleastonce.spring.ContextLives;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchListenerFailedException;

/**
 * The tasks of one container's threads in the present run. A task lasts from when a poll has brought records until the next record of that poll, or
 * else the next poll, so that the commits of offsets belong to it; it is of one delivery, or of those of a batch.
 */
final class ListenerTasks {

    private final NodeSeat host;
    private final ContainerConsumers consumers;
    private final ContainerTraits traits;
    private final ContextLives lives;
    private final PollingThreads polling;
    private final RetryDelay delay;
    private final ThreadLocal<@Nullable Handling> present = new ThreadLocal<>();
    private final ThreadLocal<Boolean> rebalanced = ThreadLocal.withInitial(() -> false);
    private final ThreadLocal<@Nullable FailingRecord> failing = new ThreadLocal<>();
    private final ThreadLocal<@Nullable FailingRecord> givenUp = new ThreadLocal<>();

    private static final class Handling {

        private final Run run;
        private final HostedTask task;
        private List<Delivery> deliveries = List.of();
        private List<StoredMessage> messages = List.of();
        private List<ConsumerRecord<?, ?>> records = List.of();
        private List<Delivery> returned = List.of();
        private int failedAt = -1;
        private int failedAfter;

        /** The commit of offsets is a part of what was handled. */
        void conclude() {
            if (!run.isOver() && !task.life().isDead()) {
                returned.forEach(Delivery::returned);
            }
            returned = List.of();
        }

        /** Tells it by the places that messages have in the run, and only of those at hand. */
        void committed(String group, TopicPartition partition, long offset) {
            for (int i = Math.min(records.size(), messages.size()) - 1; i >= 0; i--) {
                ConsumerRecord<?, ?> record = records.get(i);
                if (record.partition() == partition.partition()
                        && record.topic().equals(partition.topic())
                        && record.offset() < offset) {
                    StoredMessage message = messages.get(i);
                    run.history()
                            .add(new Event.Committed(
                                    group, message.label().channel(), message.partition(), message.offset() + 1));
                    return;
                }
            }
        }

        Handling(Run run, HostedTask task) {
            this.run = run;
            this.task = task;
        }
    }

    ListenerTasks(
            NodeSeat host,
            ContainerConsumers consumers,
            ContainerTraits traits,
            ContextLives lives,
            PollingThreads polling,
            RetryDelay delay) {
        this.host = host;
        this.consumers = consumers;
        this.traits = traits;
        this.lives = lives;
        this.polling = polling;
        this.delay = delay;
    }

    /** How many records a poll may hold. */
    int maxPolled() {
        return traits.maxPolled();
    }

    /** Names the group that the container reads as. */
    String group() {
        return host.name();
    }

    /** What of transactions the container reads. */
    IsolationLevel isolation() {
        return traits.isolation();
    }

    /** Says whether it is settled which thread of the container, and which node, reads what. */
    boolean areSettled() {
        return consumers.areSettled() && !host.isJoining();
    }

    /** Counts how often the group of a node has found out who reads what: what was polled before may be another's now. */
    int assignments() {
        return host.assignments();
    }

    /** Says whether the container is of a node that is no member of its group at present, so that it does not even ask. */
    boolean isAway() {
        return host.isAway();
    }

    private String subscriber() {
        return lives.present().map(host::subscriber).orElse(host.name());
    }

    /** Says whether the threads of the container belong to a life that has ended. */
    boolean isCut() {
        return host.isCut();
    }

    /** Says whether chance decides in which task offsets are committed. */
    boolean areCommittedAnyTime() {
        return traits.acknowledgesElsewhere();
    }

    /** The calling thread is about to poll for this container. */
    void polls() {
        polling.pollsFor(this);
    }

    /** Waits until the run lets the thread go on with what it has polled, and returns the run; outside of runs it goes on at once. */
    Optional<Run> arrive(ConsumerRecord<?, ?> first) {
        Run run = lives.run().orElse(null);
        if (run == null) {
            return Optional.empty();
        }
        TopicPartition partition = new TopicPartition(first.topic(), first.partition());
        HostedTask task = HostedTasks.of(run)
                .suspend(host, partition.toString(), () -> cause(run, first))
                .orElse(null);
        if (task == null) {
            return Optional.empty();
        }
        present.set(new Handling(run, task));
        return Optional.of(run);
    }

    private Cause cause(Run run, ConsumerRecord<?, ?> record) {
        return Delivery.causeOf(subscriber(), RunRecords.of(run).orElseThrow().stored(record));
    }

    /** A record cannot be read, again and again: the run fails, and the thread waits for its end. */
    void giveUp(FailingRecord record, Exception thrown) {
        Throwable unreadable = thrown.getCause() == null ? thrown : thrown.getCause();
        lives.run()
                .ifPresent(run -> giveUp(
                        run,
                        record,
                        "The group '" + host.name() + "' has tried " + record.times()
                                + " times (maxAttempts) to read a record of " + record.partition()
                                + ", and gets no further; with an ErrorHandlingDeserializer it would be put aside",
                        unreadable));
    }

    private void giveUp(Run run, FailingRecord record, String words, Throwable thrown) {
        HostedTasks.of(run).giveUp(host, record.partition().toString(), new ServiceFailedException(words, thrown));
    }

    /** Returns a record that the listener has failed with for so long that the run has ended, so that nobody needs it any more. */
    Optional<FailingRecord> givenUp() {
        FailingRecord record = givenUp.get();
        givenUp.remove();
        return Optional.ofNullable(record);
    }

    /** Says whether the group has gone on without the consumer since it was given what it has in hand. */
    boolean isRebalanced() {
        return rebalanced.get();
    }

    /** Takes note that the consumer has found out, and has joined its group again. */
    void joinedAgain() {
        rebalanced.remove();
    }

    /** How often a record may fail before the run is told. */
    int maxAttempts() {
        return lives.run().map(run -> run.bounds().maxAttempts()).orElse(Integer.MAX_VALUE);
    }

    /** Some records are about to be handed to the listener. */
    <K, V> void begin(Iterable<ConsumerRecord<K, V>> records) {
        Handling before = present.get();
        boolean opens = before != null && before.deliveries.isEmpty();
        Handling handling = turn(records);
        if (handling == null) {
            return;
        }
        RunRecords known = RunRecords.of(handling.run).orElseThrow();
        List<Delivery> deliveries = new ArrayList<>(1);
        handling.records = new ArrayList<>(1);
        handling.messages = new ArrayList<>(1);
        handling.failedAt = -1;
        for (ConsumerRecord<?, ?> bytes : records) {
            StoredMessage message = known.stored(bytes);
            handling.records.add(bytes);
            handling.messages.add(message);
            deliveries.add(new Delivery(handling.run, handling.task.life(), subscriber(), message));
        }
        int size = deliveries.size();
        if (size == 0) {
            return;
        }
        if (size > 1) {
            handling.run.history().used(new Batch(handling.task.life().service(), host.name()));
        }
        Delivery first = deliveries.get(0);
        handling.deliveries = deliveries;
        handling.task.begin(
                size == 1
                        ? first.cause()
                        : new BatchCause(first.cause(), deliveries.get(size - 1).cause(), size));
        handling.records.forEach(record -> delay.pass(handling.run, record));
        first.begin();
        boolean alone = !handling.task.life().isNode();
        if (opens && alone && traits.isMember() && handling.run.faults().offersAtWork(Fault.REBALANCE)) {
            rebalanced.set(handling.run
                    .faults()
                    .happens(new GivenPoint(handling.run.current().cause())));
        }
        deliveries.subList(1, size).forEach(Delivery::beginToo);
    }

    /** Offers that the container's node falls out of its group with what it has polled, which another one gets then. */
    boolean fallsOut(Run run, ConsumerRecord<?, ?> next) {
        boolean out = traits.isMember() && host.fallsOut(run, cause(run, next));
        if (out) {
            left();
        }
        return out;
    }

    /** Each delivery has a turn of its own, so that claims are checked between those of one poll; the first has that of the poll. */
    private <K, V> @Nullable Handling turn(Iterable<ConsumerRecord<K, V>> records) {
        Handling handling = present.get();
        if (handling == null || handling.deliveries.isEmpty()) {
            return handling;
        }
        left();
        arrive(records.iterator().next());
        return present.get();
    }

    /** The listener has returned. */
    void handled() {
        Handling handling = present.get();
        if (handling != null) {
            handling.task.life().refuseIfDead();
            handling.returned = handling.deliveries;
            failing.remove();
        }
    }

    /** The listener has thrown: at the record that it names, else at the first. */
    void failed(Exception failure) {
        Handling handling = present.get();
        if (handling == null || handling.deliveries.isEmpty()) {
            return;
        }
        int failed = handling.deliveries.size() > 1 ? index(failure, handling.deliveries.size()) : 0;
        handling.failedAt = failed;
        handling.failedAfter = handling.run.history().events().size() + 1;
        handling.returned = handling.deliveries.subList(0, failed);
        handling.deliveries.get(failed).threw(failure);
        noteFailure(handling, failed, failure);
    }

    /** An error handler that tries again without end is told of once, and ends the run. */
    private void noteFailure(Handling handling, int failed, Exception failure) {
        ConsumerRecord<?, ?> record = handling.records.get(failed);
        long time = OutageClock.of(handling.run).nanoTime();
        FailingRecord now = FailingRecord.after(
                failing.get(), new TopicPartition(record.topic(), record.partition()), record.offset(), time);
        failing.set(now);
        if (now.isAgain()) {
            CrashLogs.mute(failure);
        }
        Bounds bounds = handling.run.bounds();
        if (now.lastsLongerThan(patience(bounds), time)) {
            left();
            givenUp.set(now);
            giveUp(
                    handling.run,
                    now,
                    "The listener of group '" + host.name() + "' has tried again and again for most of "
                            + Bound.SETTLE_TIMEOUT.in(bounds) + " to handle "
                            + handling.messages.get(failed).message().title() + ", and gets no further",
                    failure.getCause() == null ? failure : failure.getCause());
        }
    }

    /** Before whoever settles gives up: who tries again without end is the better answer. */
    private static Duration patience(Bounds bounds) {
        return bounds.settleTimeout().multipliedBy(3).dividedBy(4);
    }

    /** Offsets are committed: a record that has failed, and lies before them, has been put aside. */
    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Handling handling = present.get();
        if (handling == null) {
            return;
        }
        offsets.forEach((partition, offset) -> handling.committed(host.name(), partition, offset.offset()));
        if (handling.failedAt < 0) {
            return;
        }
        ConsumerRecord<?, ?> failed = handling.records.get(handling.failedAt);
        OffsetAndMetadata committed = offsets.get(new TopicPartition(failed.topic(), failed.partition()));
        if (committed != null && committed.offset() > failed.offset()) {
            List<Event> events = handling.run.history().events();
            boolean kept = events.subList(handling.failedAfter, events.size()).stream()
                    .anyMatch(Event.Stepped.class::isInstance);
            handling.run.history().add(new PutAside(subscriber(), handling.messages.get(handling.failedAt), kept));
            handling.failedAt = -1;
        }
    }

    private static int index(Exception failure, int size) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof BatchListenerFailedException)) {
            cause = cause.getCause();
        }
        int index = cause instanceof BatchListenerFailedException named ? named.getIndex() : 0;
        return index < 0 || index >= size ? 0 : index;
    }

    /** All that was polled is done with, or the thread is about to end. */
    void left() {
        Handling handling = present.get();
        if (handling != null) {
            present.remove();
            handling.conclude();
            handling.task.leave();
        }
    }
}
