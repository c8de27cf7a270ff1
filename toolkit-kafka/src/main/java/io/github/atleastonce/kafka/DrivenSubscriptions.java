package io.github.atleastonce.kafka;

import io.github.atleastonce.message.Handler;
import io.github.atleastonce.run.Lifetime;
import io.github.atleastonce.run.Run;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What the services of the scenario read, which the test's own thread drives. */
final class DrivenSubscriptions {

    private final Run run;
    private final RunRecords records;
    private final Clients clients;
    private final Topics topics;
    private final boolean behindProxy;
    private final Map<TopicPartition, Long> from;
    private final List<DrivenSubscription> all = new ArrayList<>(1);

    DrivenSubscriptions(
            Run run,
            RunRecords records,
            Clients clients,
            Topics topics,
            boolean behindProxy,
            Map<TopicPartition, Long> from) {
        this.run = run;
        this.records = records;
        this.clients = clients;
        this.topics = topics;
        this.behindProxy = behindProxy;
        this.from = from;
    }

    /** Adds a handler of a topic that the run knows. */
    <T> void add(Lifetime life, String topic, Class<T> type, Handler<T> handler) {
        all.stream()
                .filter(subscription -> subscription.is(life.group(), topic))
                .findFirst()
                .orElseGet(() -> begin(life, topic))
                .join(life, type, handler);
    }

    private DrivenSubscription begin(Lifetime life, String topic) {
        Map<TopicPartition, Long> start = new LinkedHashMap<>();
        for (TopicPartition partition : topics.partitionsOf(topic)) {
            start.put(partition, from.getOrDefault(partition, 0L));
        }
        DrivenSubscription subscription =
                new DrivenSubscription(run, records, topic, clients, behindProxy, life, start);
        all.add(subscription);
        return subscription;
    }

    boolean read(String topic) {
        return all.stream().anyMatch(subscription -> subscription.topic().equals(topic));
    }

    Set<String> topics() {
        Set<String> names = new HashSet<>();
        all.forEach(subscription -> names.add(subscription.topic()));
        return names;
    }

    boolean backOff() {
        return all.stream().anyMatch(DrivenSubscription::backsOff);
    }

    void retry() {
        all.forEach(DrivenSubscription::retry);
    }

    void settled() {
        all.forEach(DrivenSubscription::settled);
    }

    void leave(Lifetime dead) {
        all.forEach(subscription -> subscription.leave(dead));
    }

    void leaveStalled() {
        all.forEach(subscription -> subscription.group().leaveStalled());
    }

    private void fallOut(Lifetime life) {
        all.forEach(subscription -> subscription.group().fallOut(life));
    }

    /** Handles what is there, of each that has something to do. */
    void consume(Map<TopicPartition, Long> ends) {
        for (DrivenSubscription subscription : List.copyOf(all)) {
            if (!subscription.backsOff() && !subscription.behind(ends).isEmpty()) {
                subscription.consume(ends, this::fallOut);
            }
        }
    }

    List<String> behind(Map<TopicPartition, Long> ends) {
        return all.stream()
                .filter(subscription -> !subscription.backsOff())
                .flatMap(subscription -> subscription.behind(ends).stream())
                .toList();
    }

    /** Names what is to be tried again. */
    List<String> toBeRetried() {
        return all.stream()
                .filter(DrivenSubscription::backsOff)
                .map(subscription -> "a record of " + subscription.topic() + ", to be tried again")
                .toList();
    }

    boolean areAbandoned() {
        return all.stream().anyMatch(DrivenSubscription::isAbandoned);
    }

    /** Names what nobody reads any more. */
    List<String> abandoned(Map<TopicPartition, Long> ends) {
        return all.stream()
                .flatMap(subscription -> subscription.abandoned(ends).stream())
                .toList();
    }
}
