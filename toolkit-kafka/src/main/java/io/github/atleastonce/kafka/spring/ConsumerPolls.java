package io.github.atleastonce.kafka.spring;

import io.github.atleastonce.explore.DisturbedException;
import io.github.atleastonce.kafka.HeldBack;
import io.github.atleastonce.kafka.RunRecords;
import io.github.atleastonce.log.CrashLogs;
import io.github.atleastonce.run.Run;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.jspecify.annotations.Nullable;

/**
 * What the polls of one consumer hold. In a run the thread waits when there is something, until the run lets it go on; then a poll holds all that
 * lies there, within {@code max.poll.records}, and not what chance has fetched by then. Outside of runs polls are as they are.
 */
final class ConsumerPolls<K, V> {

    private static final Duration PATIENCE = Duration.ofMillis(20);
    private static final long AWAY_NANOS = 5_000_000;

    private final Consumer<K, V> bare;
    private final PollingThreads polling;
    private final PolledRecords<K, V> polled = new PolledRecords<>();
    private @Nullable ConsumerRebalanceListener listener;
    private boolean lost;
    private boolean containers;
    private @Nullable FailingRecord unreadable;

    ConsumerPolls(Consumer<K, V> bare, PollingThreads polling) {
        this.bare = bare;
        this.polling = polling;
    }

    @Nullable
    Object on(ClientProxy.Call call) throws Throwable {
        Object first = call.argument(0);
        switch (call.name()) {
            case "poll" -> {
                return first instanceof Duration timeout ? poll(timeout) : call.proceed();
            }
            case "subscribe" -> {
                if (call.argument(1) instanceof ConsumerRebalanceListener told) {
                    subscribe(first, told);
                    return null;
                }
            }
            case "position" -> {
                if (first instanceof TopicPartition partition
                        && polled.position(partition).isPresent()) {
                    return position(partition);
                }
            }
            case "seek" -> polled.forget(List.of((TopicPartition) Objects.requireNonNull(first)));
            case "seekToBeginning", "seekToEnd" -> polled.forget(partitions(first));
            case "assign", "unsubscribe" -> polled.clear();
            default -> {}
        }
        return call.proceed();
    }

    long position(TopicPartition partition) {
        return polled.position(partition).orElseGet(() -> bare.position(partition));
    }

    /** The group has gone on without this consumer, which notices at its next poll. */
    void lose() {
        lost = true;
    }

    boolean areLost() {
        return lost || polling.here().filter(ListenerTasks::isRebalanced).isPresent();
    }

    /** Says whether a container polls it: a listener may have one of its own, of the same factory. */
    boolean isOfContainer() {
        return containers;
    }

    void close() {
        polling.here().ifPresent(tasks -> {
            tasks.left();
            tasks.joinedAgain();
        });
        polling.left();
    }

    private ConsumerRecords<K, V> poll(Duration timeout) {
        ListenerTasks tasks = polling.poll().orElse(null);
        if (tasks == null) {
            return bare.poll(timeout);
        }
        containers = true;
        tasks.left();
        if (tasks.isAway()) {
            LockSupport.parkNanos(AWAY_NANOS);
            return ConsumerRecords.empty();
        }
        if (lost || tasks.isRebalanced()) {
            joinAgain();
            tasks.joinedAgain();
        }
        tasks.givenUp().ifPresent(this::pass);
        int assignment = tasks.assignments();
        boolean some = polled.first(bare.paused()).isPresent();
        fetch(some ? tasks.areSettled() ? Duration.ZERO : PATIENCE : timeout, tasks);
        TopicPartition first = polled.first(bare.paused()).orElse(null);
        if (first == null || !tasks.areSettled()) {
            return ConsumerRecords.empty();
        }
        int most = tasks.maxPolled();
        ConsumerRecord<K, V> next = polled.head(first);
        Optional<Run> run = tasks.arrive(next);
        if (tasks.isAway() || tasks.assignments() != assignment || run.isPresent() && tasks.fallsOut(run.get(), next)) {
            return ConsumerRecords.empty();
        }
        run.ifPresent(going -> gather(going, most, tasks));
        return polled.take(most, bare.paused());
    }

    private void fetch(Duration timeout, ListenerTasks tasks) {
        try {
            polled.add(bare.poll(timeout));
            polled.retain(bare.assignment());
        } catch (RecordDeserializationException thrown) {
            noteUnreadable(thrown, tasks);
            throw thrown;
        }
    }

    /** A container that asks for the same record for ever fills the log. After the run nobody needs the record any more. */
    private void noteUnreadable(RecordDeserializationException thrown, ListenerTasks tasks) {
        FailingRecord now =
                FailingRecord.after(unreadable, thrown.topicPartition(), thrown.offset(), System.nanoTime());
        unreadable = now;
        if (now.isAgain()) {
            CrashLogs.mute(thrown);
        }
        if (now.times() >= tasks.maxAttempts()) {
            tasks.giveUp(now, thrown);
            pass(now);
            unreadable = null;
        }
    }

    private void pass(FailingRecord record) {
        if (bare.assignment().contains(record.partition())) {
            polled.forget(List.of(record.partition()));
            bare.seek(record.partition(), record.offset() + 1);
        }
    }

    /** Fetches what lies there and is not held back; what cannot be read is met by the next poll. */
    private void gather(Run run, int most, ListenerTasks tasks) {
        Set<TopicPartition> open = new HashSet<>(bare.assignment());
        open.removeAll(bare.paused());
        long deadline = System.nanoTime() + run.bounds().arrivalTimeout().toNanos();
        try {
            Map<TopicPartition, Long> ends =
                    new HashMap<>(RunRecords.of(run).orElseThrow().ends(open, tasks.isolation()));
            ends.replaceAll((partition, end) -> Math.min(end, HeldBack.from(run, tasks.group(), partition)));
            while (polled.size() < most && System.nanoTime() < deadline && !reaches(ends)) {
                polled.add(bare.poll(PATIENCE));
                polled.retain(bare.assignment());
            }
        } catch (KafkaException | DisturbedException unreadableOrAway) {
            return;
        }
    }

    private boolean reaches(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end ->
                        !bare.assignment().contains(end.getKey()) || bare.position(end.getKey()) >= end.getValue());
    }

    /** As a consumer does that finds out that it is no member any more: all is lost, then assigned again from what is committed. */
    private void joinAgain() {
        Set<TopicPartition> assigned = Set.copyOf(bare.assignment());
        ConsumerRebalanceListener told = listener;
        polled.clear();
        if (told != null) {
            told.onPartitionsLost(assigned);
        }
        bare.resume(assigned); // What is assigned anew is not paused, and who had paused it is told so.
        lost = false;
        Map<TopicPartition, OffsetAndMetadata> committed = bare.committed(assigned);
        for (TopicPartition partition : assigned) {
            OffsetAndMetadata offset = committed.get(partition);
            if (offset == null) {
                bare.seekToBeginning(List.of(partition));
            } else {
                bare.seek(partition, offset.offset());
            }
        }
        if (told != null) {
            told.onPartitionsAssigned(assigned);
        }
    }

    @SuppressWarnings("unchecked")
    private void subscribe(@Nullable Object topics, ConsumerRebalanceListener told) {
        listener = told;
        ConsumerRebalanceListener forgetting = new Forgetting(told);
        if (topics instanceof Pattern pattern) {
            bare.subscribe(pattern, forgetting);
        } else {
            bare.subscribe((Collection<String>) Objects.requireNonNull(topics), forgetting);
        }
    }

    @SuppressWarnings("unchecked")
    private static Collection<TopicPartition> partitions(@Nullable Object argument) {
        return argument == null ? List.of() : (Collection<TopicPartition>) argument;
    }

    /** What was fetched of a partition that goes is fetched again by whoever gets it. */
    private final class Forgetting implements ConsumerRebalanceListener {

        private final ConsumerRebalanceListener told;

        Forgetting(ConsumerRebalanceListener told) {
            this.told = told;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            polled.forget(partitions);
            told.onPartitionsRevoked(partitions);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            told.onPartitionsAssigned(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            polled.forget(partitions);
            told.onPartitionsLost(partitions);
        }
    }
}
