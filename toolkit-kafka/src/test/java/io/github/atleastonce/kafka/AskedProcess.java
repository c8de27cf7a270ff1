package io.github.atleastonce.kafka;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** A service that runs as a process of its own: it pays when it is asked over HTTP, with a receipt, and knows nothing of tests. */
final class AskedProcess {

    private static final int CREATED = 201;

    private AskedProcess() {}

    /** Takes the servers, the port, the topics of payments and receipts, and whether a receipt is a message of its own. */
    public static void main(String[] arguments) throws Exception {
        KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", arguments[0], "linger.ms", 0),
                new StringSerializer(),
                new StringSerializer());
        boolean apart = arguments[4].equals("apart");
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1])), 0);
        server.createContext("/", asked -> {
            try {
                producer.send(new ProducerRecord<>(arguments[2], "o-1", apart ? "10" : "10 with receipt"))
                        .get();
                if (apart) {
                    producer.send(new ProducerRecord<>(arguments[3], "o-1", "receipt"))
                            .get();
                }
                asked.sendResponseHeaders(CREATED, -1);
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            } finally {
                asked.close();
            }
        });
        server.start();
        producer.partitionsFor(arguments[2]);
    }
}
