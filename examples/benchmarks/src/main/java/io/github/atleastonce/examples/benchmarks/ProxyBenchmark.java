package io.github.atleastonce.examples.benchmarks;

import io.github.atleastonce.kafka.broker.EmbeddedKafka;
import io.github.atleastonce.kafka.proxy.FaultProxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/** Measures what the proxy before Kafka costs when nothing goes wrong: the same work with it and without it, by turns. */
public final class ProxyBenchmark {

    private static final int ROUNDS = 7;
    private static final int WARM_UP = 4;
    private static final int SENDS = 2_000;
    private static final int RECORDS = 200_000;
    private static final String VALUE = "v".repeat(200);
    private static final double MICROS = 1e3;
    private static final double NANOS = 1e9;

    private ProxyBenchmark() {}

    private record Measured(double sendMicros, double producedPerSecond, double consumedPerSecond) {}

    /**
     * Prints the medians and their ratios.
     *
     * @param arguments none
     * @throws Exception if the broker or a client fails
     */
    public static void main(String[] arguments) throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start();
                FaultProxy proxy = FaultProxy.before(broker.bootstrapServers())) {
            Measured[] straight = new Measured[ROUNDS];
            Measured[] behind = new Measured[ROUNDS];
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                Measured without = measure(broker, broker.bootstrapServers(), "straight-" + (round + 1));
                Measured with = measure(broker, proxy.bootstrapServers(), "behind-" + (round + 1));
                if (round >= 0) {
                    straight[round] = without;
                    behind[round] = with;
                }
            }
            String what = "the proxy before Kafka, no fault armed, ";
            double first = median(straight, Measured::sendMicros);
            double second = median(behind, Measured::sendMicros);
            Row.print(
                    what + "one send at a time, p50",
                    String.format(Locale.ROOT, "%.0f µs", second),
                    String.format(Locale.ROOT, "without it: %.0f µs", first),
                    Row.ratio(second / first));
            rate(what + "records produced", Measured::producedPerSecond, straight, behind);
            rate(what + "records consumed", Measured::consumedPerSecond, straight, behind);
        }
    }

    private static void rate(String what, ToDoubleFunction<Measured> figure, Measured[] straight, Measured[] behind) {
        double first = median(straight, figure);
        double second = median(behind, figure);
        Row.print(
                what,
                Row.perSecond(second, "records"),
                "without it: " + Row.perSecond(first, "records"),
                Row.ratio(second / first));
    }

    private static double median(Measured[] all, ToDoubleFunction<Measured> figure) {
        return Row.median(Arrays.stream(all).mapToDouble(figure).toArray());
    }

    private static Measured measure(EmbeddedKafka broker, String servers, String topic) throws Exception {
        broker.createTopics(Map.of(topic, 1));
        double[] micros = new double[SENDS];
        double produced;
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "linger.ms", "0"),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < SENDS; i++) {
                long began = System.nanoTime();
                producer.send(new ProducerRecord<>(topic, 0, "k", VALUE)).get();
                micros[i] = (System.nanoTime() - began) / MICROS;
            }
            long began = System.nanoTime();
            Future<RecordMetadata> last = producer.send(new ProducerRecord<>(topic, 0, "k", VALUE));
            for (int i = 1; i < RECORDS; i++) {
                last = producer.send(new ProducerRecord<>(topic, 0, "k", VALUE));
            }
            last.get();
            produced = RECORDS * NANOS / (System.nanoTime() - began);
        }
        double consumed = consume(servers, topic);
        broker.deleteTopics(List.of(topic));
        return new Measured(Row.median(micros), produced, consumed);
    }

    private static double consume(String servers, String topic) {
        try (KafkaConsumer<String, String> consumer = OrdersConsumer.consumer(servers, topic, "classic")) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            int seen = 0;
            long began = System.nanoTime();
            while (seen < SENDS + RECORDS) {
                seen += consumer.poll(Duration.ofMillis(100)).count();
            }
            return seen * NANOS / (System.nanoTime() - began);
        }
    }
}
