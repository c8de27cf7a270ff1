// consumes: OrderPlaced
// What a poll brings is read elsewhere, and what it is stands in the type of the field; that of a map beside it does not.
package shop.order;
public record OrderPlaced(String orderId) {}
package shop.order;
public record Note(String text) {}
package shop.order;
public class Loop {
    private final java.util.Map<String, Note> notes = new java.util.HashMap<>();
    private final org.apache.kafka.clients.consumer.KafkaConsumer<String, OrderPlaced> consumer = null;
    void run() { consumer.poll(java.time.Duration.ofSeconds(1)).forEach(System.out::println); }
}
