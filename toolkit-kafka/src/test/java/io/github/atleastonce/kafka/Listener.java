package io.github.atleastonce.kafka;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** An ordinary consumer on a thread of its own that commits after its work; it dies of what its handler throws. */
final class Listener implements AutoCloseable {

    /** Handles a record. */
    interface Handler {
        void on(ConsumerRecord<byte[], byte[]> record) throws Exception;
    }

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final Handler handler;
    private Duration patience = Duration.ofMillis(100);
    private boolean commits;
    private boolean commitsRecords;
    private Consumer<Collection<TopicPartition>> assigned = partitions -> {};
    private Consumer<ConsumerRecord<byte[], byte[]>> refused = handled -> {};
    private final Thread thread = new Thread(this::listen, "listener");

    Listener(String servers, String group, String topic, Handler handler) {
        this(servers, group, topic, Map.of(), handler);
    }

    Listener(String servers, String group, String topic, Map<String, String> settings, Handler handler) {
        this.topic = topic;
        this.handler = handler;
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", servers);
        properties.put("group.id", group);
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", "false");
        properties.putAll(settings);
        this.commits = properties.get("enable.auto.commit").equals("false");
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        thread.setDaemon(true);
    }

    /** Handles a text. */
    interface TextHandler {
        void on(String text) throws Exception;
    }

    /** Reads texts, as JSON or as they are, and commits record by record. */
    static Listener ofTexts(String servers, String group, String topic, TextHandler handler) {
        return new Listener(
                        servers,
                        group,
                        topic,
                        next -> handler.on(text(next.value()).replace("\"", "")))
                .committingRecords();
    }

    void start() {
        thread.start();
    }

    /** Starts, but looks up where to begin only after there is a record in a partition that it was assigned. */
    void startLate() {
        assigned = partitions -> await().until(
                        () -> consumer.endOffsets(partitions).values().stream().anyMatch(end -> end > 0));
        thread.start();
    }

    /** Commits each record as the next one to read, as Spring does, and not its position: so it stays before what is no record. */
    Listener committingRecords() {
        commits = false;
        commitsRecords = true;
        return this;
    }

    /** Waits hardly for records, and so commits all the time, new or not. */
    Listener restless() {
        patience = Duration.ofMillis(1);
        return this;
    }

    /** Does something about a record whose commit has failed. */
    Listener whenCommitFails(Consumer<ConsumerRecord<byte[], byte[]>> action) {
        refused = action;
        return this;
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void listen() {
        try (consumer) {
            consumer.subscribe(List.of(topic), new ConsumerRebalanceListener() {

                @Override
                public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                    assigned.accept(partitions);
                }

                @Override
                public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
            });
            while (true) {
                for (ConsumerRecord<byte[], byte[]> next : consumer.poll(patience)) {
                    handler.on(next);
                    if (commitsRecords && !commit(next)) {
                        break;
                    }
                }
                if (commits) {
                    commit();
                }
            }
        } catch (WakeupException closing) {
            // close() has asked for it
        } catch (Exception died) {
            // What it has not committed stays behind, and the test sees that.
        }
    }

    /** What somebody else owns by now comes again there. */
    private void commit() {
        try {
            consumer.commitSync();
        } catch (RebalanceInProgressException | CommitFailedException moved) {
            return;
        }
    }

    /** Says whether the record's offset is committed: if not, what was polled with it may be somebody else's by now. */
    private boolean commit(ConsumerRecord<byte[], byte[]> handled) {
        try {
            consumer.commitSync(Map.of(
                    new TopicPartition(handled.topic(), handled.partition()),
                    new OffsetAndMetadata(handled.offset() + 1)));
            return true;
        } catch (RebalanceInProgressException | CommitFailedException moved) {
            refused.accept(handled);
            return false;
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
