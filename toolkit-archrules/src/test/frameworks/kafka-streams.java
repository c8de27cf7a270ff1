// generations: present spring-6 spring-5
// publishes: something big
// consumes: something orders
// consumes: something customers
package shop.order;
public record OrderPlaced(String orderId) {}
package shop.order;
public class Topology {
    org.apache.kafka.streams.kstream.KStream<String, OrderPlaced> build(org.apache.kafka.streams.StreamsBuilder builder) {
        org.apache.kafka.streams.kstream.KStream<String, OrderPlaced> orders = builder.stream("orders");
        builder.table("customers");
        orders.to("big");
        return orders;
    }
}
