package io.github.atleastonce.kafka.proxy;

import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** What the proxy costs when nothing goes wrong: the same work with it and without it, by turns, in one JVM. No test: it prints. */
final class Measures {

    private static final int ROUNDS = Integer.getInteger("rounds", 5);
    private static final int SENDS = Integer.getInteger("sends", 2_000);
    private static final int RECORDS = Integer.getInteger("records", 200_000);
    private static final String VALUE = "v".repeat(200);

    private Measures() {}

    private record Measured(double sendMicros, double producedPerSecond, double consumedPerSecond) {}

    public static void main(String[] arguments) throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start();
                FaultProxy proxy = FaultProxy.before(broker.bootstrapServers())) {
            Measured[] direct = new Measured[ROUNDS];
            Measured[] proxied = new Measured[ROUNDS];
            for (int round = -1; round < ROUNDS; round++) {
                Measured without = measure(broker, broker.bootstrapServers(), "direct-" + (round + 1));
                Measured with = measure(broker, proxy.bootstrapServers(), "proxied-" + (round + 1));
                if (round >= 0) {
                    direct[round] = without;
                    proxied[round] = with;
                }
            }
            tell("send p50 (µs)", Measured::sendMicros, direct, proxied);
            tell("produced (records/s)", Measured::producedPerSecond, direct, proxied);
            tell("consumed (records/s)", Measured::consumedPerSecond, direct, proxied);
        }
    }

    private static void tell(
            String what, java.util.function.ToDoubleFunction<Measured> value, Measured[] direct, Measured[] proxied) {
        double without = median(direct, value);
        double with = median(proxied, value);
        System.out.printf(
                Locale.ROOT, "%-22s direct %,10.0f   proxied %,10.0f   × %.2f%n", what, without, with, with / without);
    }

    private static double median(Measured[] all, java.util.function.ToDoubleFunction<Measured> value) {
        return Arrays.stream(all).mapToDouble(value).sorted().toArray()[all.length / 2];
    }

    private static Measured measure(EmbeddedKafka broker, String servers, String topic) throws Exception {
        broker.createTopics(Map.of(topic, 1));
        double[] micros = new double[SENDS];
        double produced;
        try (KafkaProducer<String, String> producer = ProxiedClients.producer(servers, Map.of("linger.ms", 0))) {
            for (int i = 0; i < SENDS; i++) {
                long begin = System.nanoTime();
                producer.send(new ProducerRecord<>(topic, 0, "k", VALUE)).get();
                micros[i] = (System.nanoTime() - begin) / 1_000.0;
            }
            long begin = System.nanoTime();
            for (int i = 0; i < RECORDS; i++) {
                producer.send(new ProducerRecord<>(topic, 0, "k", VALUE));
            }
            producer.flush();
            produced = RECORDS * 1e9 / (System.nanoTime() - begin);
        }
        double consumed;
        try (KafkaConsumer<String, String> consumer = ProxiedClients.consumer(servers, topic, Map.of())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            int seen = 0;
            long begin = System.nanoTime();
            while (seen < SENDS + RECORDS) {
                seen += consumer.poll(Duration.ofMillis(100)).count();
            }
            consumed = seen * 1e9 / (System.nanoTime() - begin);
        }
        broker.deleteTopics(List.of(topic));
        Arrays.sort(micros);
        return new Measured(micros[SENDS / 2], produced, consumed);
    }
}
