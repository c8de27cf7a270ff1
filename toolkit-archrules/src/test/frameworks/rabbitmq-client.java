// publishes: OrderPlaced
// Nothing is known of what is heard by a com.rabbitmq.client.Consumer.
package shop.order;
public record OrderPlaced(String orderId) {}
package shop.order;
public class OrderService {
    com.rabbitmq.client.Channel channel; com.fasterxml.jackson.databind.ObjectMapper json;
    public void place(String id) throws java.io.IOException {
        channel.basicPublish("orders", "placed", null, json.writeValueAsBytes(new OrderPlaced(id)));
    }
}
package shop.payment;
public class Payments {}
