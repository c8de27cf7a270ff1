package io.github.atleastonce.kafka.proxy;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Clients as a service has them. */
public final class ProxiedClients {

    private ProxiedClients() {}

    static KafkaProducer<String, String> producer(String servers, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", servers);
        all.putIfAbsent("linger.ms", 0);
        return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
    }

    /** Makes a consumer that begins at the beginning, and commits by itself only if it is told to. */
    public static KafkaConsumer<String, String> consumer(String servers, String group, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", servers);
        all.put("group.id", group);
        all.put("auto.offset.reset", "earliest");
        all.putIfAbsent("enable.auto.commit", false);
        return new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer());
    }

    static Map<String, Object> protocol(String name) {
        return name.equals("classic") ? Map.of("heartbeat.interval.ms", "100") : Map.of("group.protocol", name);
    }

    /** Clients before 4.0 speak the classic protocol only. */
    static boolean speaks(String protocol) {
        String jar = KafkaConsumer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return protocol.equals("classic") || !jar.contains("kafka-clients-3.");
    }

    /** Reads until there are so many values that begin with something. */
    static List<String> read(KafkaConsumer<String, String> consumer, int count, String prefix) {
        List<String> values = new ArrayList<>();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            consumer.poll(Duration.ofMillis(50)).forEach(record -> {
                if (record.value().startsWith(prefix)) {
                    values.add(record.value());
                }
            });
            return values.size() >= count;
        });
        return values;
    }
}
