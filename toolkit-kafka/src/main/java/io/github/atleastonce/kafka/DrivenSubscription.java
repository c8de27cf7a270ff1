package io.github.atleastonce.kafka;

import io.github.atleastonce.history.Event;
import io.github.atleastonce.message.Message;
import io.github.atleastonce.message.StoredMessage;
import io.github.atleastonce.run.Cause;
import io.github.atleastonce.run.Handler;
import io.github.atleastonce.run.Life;
import io.github.atleastonce.run.Run;
import io.github.atleastonce.run.ServiceFailedException;
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
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A service of the scenario that reads a topic: its handlers, fed by a consumer that is polled on the test's thread. */
final class DrivenSubscription {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Run run;
    private final RunRecords records;
    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final List<Route<?>> routes = new ArrayList<>(1);
    private final Map<TopicPartition, Long> handled;
    private final Map<TopicPartition, Long> confirmed;
    private final Map<TopicPartition, Integer> failures = new HashMap<>();
    private Life life;

    private record Route<T>(Class<T> type, Handler<T> handler) {

        boolean takes(Object payload) {
            return type == Message.class || type.isInstance(payload);
        }

        void handle(Message message) throws Exception {
            handler.handle(type.cast(type == Message.class ? message : message.payload()));
        }
    }

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
            Life life,
            Map<TopicPartition, Long> from) {
        this.run = run;
        this.records = records;
        this.topic = topic;
        this.consumer = consumer;
        this.life = life;
        this.handled = new HashMap<>(from);
        this.confirmed = new HashMap<>(from);
        consumer.assign(from.keySet());
        from.forEach(consumer::seek);
    }

    boolean is(String service, String channel) {
        return life.service().equals(service) && topic.equals(channel);
    }

    String topic() {
        return topic;
    }

    <T> void join(Life present, Class<T> type, Handler<T> handler) {
        life = present;
        routes.add(new Route<>(type, handler));
    }

    void leave(Life dead) {
        if (life == dead) {
            routes.clear();
            handled.putAll(confirmed);
            handled.forEach(consumer::seek);
        }
    }

    void confirm() {
        confirmed.putAll(handled);
    }

    List<String> behind(Map<TopicPartition, Long> ends) {
        List<String> behind = new ArrayList<>();
        handled.forEach((partition, offset) -> {
            Long end = ends.get(partition);
            if (end != null && offset < end) {
                behind.add(partition + " is read by " + life.service() + " up to " + offset + " of " + end);
            }
        });
        return behind;
    }

    /** Handles what is there, each partition in its order, else as it was published; stops after a failure. */
    void consume() {
        Map<TopicPartition, Deque<Arrival>> arrivals = new LinkedHashMap<>();
        consumer.poll(POLL).forEach(bytes -> {
            TopicPartition partition = new TopicPartition(bytes.topic(), bytes.partition());
            arrivals.computeIfAbsent(partition, ignored -> new ArrayDeque<>())
                    .add(new Arrival(bytes, partition, records.stored(bytes)));
        });
        for (Arrival next = next(arrivals.values()); next != null; next = next(arrivals.values())) {
            if (!handle(next)) {
                handled.forEach(consumer::seek);
                return;
            }
        }
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
        Object payload;
        try {
            payload = Payloads.read(arrival.bytes().value(), typeOf(stored));
        } catch (RuntimeException unreadable) {
            run.history().add(new Event.Delivered(life.service(), life.number(), stored));
            failed(arrival.partition(), stored, unreadable);
            return false;
        }
        Route<?> route = route(payload);
        if (route == null) {
            passed(arrival);
            return true;
        }
        return handle(arrival, stored, route, payload);
    }

    private boolean handle(Arrival arrival, StoredMessage stored, Route<?> route, Object payload) {
        Life present = life;
        Run.Work outer = run.enter(
                present,
                Cause.of(
                        present.service() + "<" + stored.label(),
                        stored.message().title() + " to " + present.service(),
                        "the handler"));
        run.history().add(new Event.Delivered(present.service(), present.number(), stored));
        Throwable failure = null;
        try {
            Message sent = stored.message();
            route.handle(new Message(
                    sent.id(),
                    RunRecords.key(arrival.bytes()),
                    sent.type(),
                    RunRecords.headers(arrival.bytes()),
                    payload));
        } catch (VirtualMachineError broken) {
            throw broken;
        } catch (Throwable thrown) {
            failure = thrown;
        } finally {
            run.leave(outer);
        }
        if (present.isDead()) {
            run.revive(present);
            return false;
        }
        if (failure != null) {
            failed(arrival.partition(), stored, failure);
            return false;
        }
        run.history().add(new Event.Handled(present.service(), stored));
        passed(arrival);
        return true;
    }

    private void passed(Arrival arrival) {
        handled.put(arrival.partition(), arrival.bytes().offset() + 1);
        failures.remove(arrival.partition());
    }

    private @Nullable Route<?> route(Object payload) {
        for (Route<?> route : routes) {
            if (route.takes(payload)) {
                return route;
            }
        }
        return null;
    }

    /** What this run has published is read back as what it was; anything else as what the first handler wants. */
    private Class<?> typeOf(StoredMessage stored) {
        boolean ours =
                stored.kind() != StoredMessage.Kind.POISON && !(stored.message().payload() instanceof byte[]);
        if (ours) {
            return stored.message().payload().getClass();
        }
        Class<?> wanted = routes.get(0).type();
        return wanted == Message.class ? byte[].class : wanted;
    }

    private void failed(TopicPartition partition, StoredMessage stored, Throwable failure) {
        int attempt = failures.merge(partition, 1, Integer::sum);
        run.history().add(new Event.HandlerFailed(life.service(), stored, attempt, failure));
        if (attempt >= run.bounds().maxAttempts()) {
            throw new ServiceFailedException(
                    "'" + life.service() + "' threw " + attempt + " times (maxAttempts) for "
                            + stored.message().title() + " of '" + topic + "'",
                    failure);
        }
    }
}
