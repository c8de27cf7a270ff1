package io.github.atleastonce.kafka;

import io.github.atleastonce.run.UsageException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The clients of one cluster that outlive a run. They ask again soon: the cluster is near, and somebody waits. */
final class Clients {

    private static final int BACKOFF_MILLIS = 5;
    private static final int FETCH_WAIT_MILLIS = 20;

    private final Map<String, Object> common;
    private final Admin admin;
    private final Answers answers;
    private @Nullable Producer<byte[], byte[]> producer;
    private int producerMillis;
    private final Map<String, Consumer<byte[], byte[]>> consumers = new HashMap<>();

    /**
     * Connects to a cluster.
     *
     * @param bootstrapServers where the cluster is
     * @param answers how long a send may take
     * @throws UsageException if the address is not one
     */
    Clients(String bootstrapServers, Answers answers) {
        this.common = Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, BACKOFF_MILLIS);
        this.answers = answers;
        this.admin = admin(common);
    }

    /** The producer of the present run: another one only if its bound is another. */
    Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> present = producer;
        int millis = answers.millis();
        if (present == null || producerMillis != millis) {
            if (present != null) {
                present.close();
            }
            present = producer(millis);
            producer = present;
            producerMillis = millis;
        }
        return present;
    }

    private Producer<byte[], byte[]> producer(int patienceMillis) {
        Map<String, Object> sending = new HashMap<>(common);
        sending.put(ProducerConfig.ACKS_CONFIG, "all");
        sending.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        sending.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patienceMillis);
        sending.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, patienceMillis);
        sending.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patienceMillis);
        return new KafkaProducer<>(sending, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Admin admin(Map<String, Object> common) {
        try {
            return Admin.create(common);
        } catch (KafkaException unusable) {
            Throwable cause = unusable.getCause() == null ? unusable : unusable.getCause();
            throw new UsageException(
                    "The address of a Kafka cluster is wanted as host:port, but is '"
                            + common.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG) + "': " + cause.getMessage(),
                    unusable);
        }
    }

    Admin admin() {
        return admin;
    }

    /** A consumer without a group: the run keeps the positions of its own services. */
    Consumer<byte[], byte[]> consumer(String service, String topic) {
        return consumers.computeIfAbsent(service + "<" + topic, name -> {
            return new KafkaConsumer<>(reading(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        });
    }

    /** A consumer that asks what a group has committed, and never joins it. */
    Consumer<byte[], byte[]> member(String group) {
        return consumers.computeIfAbsent(group + " committed", name -> {
            Map<String, Object> reading = reading();
            reading.put(ConsumerConfig.GROUP_ID_CONFIG, group);
            return new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        });
    }

    /** A consumer that looks what lies in partitions, from where they begin if that is later than where it is sent. */
    Consumer<byte[], byte[]> reader(IsolationLevel isolation) {
        return consumers.computeIfAbsent(isolation.toString(), name -> {
            Map<String, Object> reading = reading();
            reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
            reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            return new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        });
    }

    private Map<String, Object> reading() {
        Map<String, Object> reading = new HashMap<>(common);
        reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        reading.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        return reading;
    }

    /** Ends the clients; the cluster lives on. */
    @SuppressWarnings("deprecation") // the call that clients 3.9 to 4.4 share
    void close(Duration within) {
        consumers.values().forEach(consumer -> consumer.close(within));
        if (producer != null) {
            producer.close(within);
        }
        admin.close(within);
    }
}
