// consumes: something
// Neither the field nor the code says what comes.
package shop.order;
public class Loop {
    private final org.apache.kafka.clients.consumer.KafkaConsumer<String, String> consumer = null;
    void run() { consumer.poll(java.time.Duration.ofSeconds(1)).forEach(System.out::println); }
}
