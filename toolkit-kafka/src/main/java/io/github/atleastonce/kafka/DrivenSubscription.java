package io.github.atleastonce.kafka;

import io.github.atleastonce.channel.Delivery;
import io.github.atleastonce.channel.Handlers;
import io.github.atleastonce.history.Event;
import io.github.atleastonce.message.Handler;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.message.Tombstone;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A service of the scenario that reads a topic: its handlers, fed by a consumer that is polled on the test's thread. */
final class DrivenSubscription {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Run run;
    private final RunRecords records;
    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final Handlers handlers;
    private final Map<TopicPartition, Long> handled;
    private final Map<TopicPartition, Long> confirmed;
    private final Map<TopicPartition, Long> places = new HashMap<>();
    private boolean backsOff;

    private record Arrival(ConsumerRecord<byte[], byte[]> bytes, TopicPartition partition, StoredMessage stored) {

        long order() {
            return stored.sequence();
        }
    }

    DrivenSubscription(
            Run run,
            RunRecords records,
            String topic,
            Consumer<byte[], byte[]> consumer,
            Lifetime life,
            Map<TopicPartition, Long> from) {
        this.run = run;
        this.records = records;
        this.topic = topic;
        this.consumer = consumer;
        this.handlers = new Handlers(life);
        this.handled = new HashMap<>(from);
        this.confirmed = new HashMap<>(from);
        consumer.assign(from.keySet());
        from.forEach(consumer::seek);
    }

    boolean is(String service, String channel) {
        return handlers.life().service().equals(service) && topic.equals(channel);
    }

    String topic() {
        return topic;
    }

    <T> void join(Lifetime present, Class<T> type, Handler<T> handler) {
        handlers.add(present, type, handler);
    }

    void leave(Lifetime dead) {
        if (handlers.forget(dead)) {
            backsOff = false;
            handled.putAll(confirmed);
            handled.forEach(consumer::seek);
        }
    }

    /** Says whether the last record was handled in vain, and is tried again once all else is quiet. */
    boolean backsOff() {
        return backsOff;
    }

    void retry() {
        backsOff = false;
    }

    void confirm() {
        handled.forEach((partition, offset) -> {
            Long place = places.get(partition);
            if (!offset.equals(confirmed.put(partition, offset)) && place != null) {
                run.history().add(new Event.Committed(handlers.life().service(), topic, partition.partition(), place));
            }
        });
    }

    List<String> behind(Map<TopicPartition, Long> ends) {
        List<String> behind = new ArrayList<>();
        handled.forEach((partition, offset) -> {
            Long end = ends.get(partition);
            if (end != null && offset < end) {
                behind.add(partition + " is read by " + handlers.life().service() + " up to " + offset + " of " + end);
            }
        });
        return behind;
    }

    /** Handles what is there, each partition in its order, else as it was published; stops after a failure. */
    void consume(Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Deque<Arrival>> arrivals = new LinkedHashMap<>();
        // One poll may bring less than there is: how much is no matter of chance.
        boolean some = true;
        while (some && !reaches(ends)) {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            some = !polled.isEmpty();
            polled.forEach(bytes -> {
                TopicPartition partition = new TopicPartition(bytes.topic(), bytes.partition());
                arrivals.computeIfAbsent(partition, ignored -> new ArrayDeque<>())
                        .add(new Arrival(bytes, partition, records.stored(bytes)));
            });
        }
        for (Arrival next = next(arrivals.values()); next != null; next = next(arrivals.values())) {
            if (!handle(next)) {
                handled.forEach(consumer::seek);
                return;
            }
        }
        passMarkers();
    }

    private boolean reaches(Map<TopicPartition, Long> ends) {
        return handled.keySet().stream()
                .allMatch(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
    }

    /** What ends a transaction has an offset and is no record: after all that was read comes what has a position behind it. */
    private void passMarkers() {
        handled.replaceAll((partition, offset) -> Math.max(offset, consumer.position(partition)));
    }

    /** What others have sent has no place in the order of this run, so it only keeps that of its partition. */
    private static @Nullable Arrival next(Collection<Deque<Arrival>> partitions) {
        Deque<Arrival> first = null;
        for (Deque<Arrival> partition : partitions) {
            if (!partition.isEmpty()
                    && (first == null
                            || partition.getFirst().order() < first.getFirst().order())) {
                first = partition;
            }
        }
        return first == null ? null : first.removeFirst();
    }

    private boolean handle(Arrival arrival) {
        StoredMessage stored = arrival.stored();
        Lifetime life = handlers.life();
        Delivery delivery = new Delivery(run, life, life.service(), stored);
        Object payload;
        try {
            byte[] value = arrival.bytes().value();
            payload = value == null ? Tombstone.INSTANCE : Payloads.read(value, typeOf(arrival));
        } catch (RuntimeException unreadable) {
            return ended(arrival, delivery.perform(() -> {
                throw unreadable;
            }));
        }
        if (!handlers.takes(payload)) {
            passed(arrival);
            return true;
        }
        Message sent = stored.message();
        Message read = new Message(
                sent.id(), RunRecords.key(arrival.bytes()), sent.type(), RunRecords.headers(arrival.bytes()), payload);
        return ended(arrival, delivery.perform(() -> handlers.handle(read)));
    }

    /** Says whether the next record may follow: after a failure the same one comes again, after a death whatever was not confirmed. */
    private boolean ended(Arrival arrival, Delivery.Result result) {
        if (result instanceof Delivery.Result.Handled) {
            passed(arrival);
            return true;
        }
        if (result instanceof Delivery.Result.Failed failed && failed.exhausted()) {
            throw failed.fatal("'" + handlers.life().service() + "' threw " + failed.attempt()
                    + " times (maxAttempts) for " + arrival.stored().message().title() + " of '" + topic + "'");
        }
        backsOff = result instanceof Delivery.Result.Failed;
        return false;
    }

    private void passed(Arrival arrival) {
        handled.put(arrival.partition(), arrival.bytes().offset() + 1);
        places.put(arrival.partition(), arrival.stored().offset() + 1);
    }

    /** What this run has published is read back as what it was; anything else as what the first handler wants. */
    private Class<?> typeOf(Arrival arrival) {
        StoredMessage stored = arrival.stored();
        boolean ours = records.isOurs(arrival.bytes())
                && stored.kind() != StoredMessage.Kind.POISON
                && !(stored.message().payload() instanceof byte[]);
        if (ours) {
            return stored.message().payload().getClass();
        }
        Class<?> wanted = handlers.firstType();
        return wanted == Message.class ? byte[].class : wanted;
    }
}
