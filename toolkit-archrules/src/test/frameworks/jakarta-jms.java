// publishes: OrderPlaced
// consumes: OrderPlaced
package shop.order;
public record OrderPlaced(String orderId) implements java.io.Serializable {}
package shop.order;
public class OrderService {
    jakarta.jms.JMSContext context; jakarta.jms.Queue queue;
    public void place(String id) { context.createProducer().send(queue, new OrderPlaced(id)); }
}
package shop.payment;
public class PaymentListener implements jakarta.jms.MessageListener {
    com.fasterxml.jackson.databind.ObjectMapper json;
    public void onMessage(jakarta.jms.Message message) {
        try { System.out.println(json.readValue(((jakarta.jms.TextMessage) message).getText(), shop.order.OrderPlaced.class)); }
        catch (Exception e) { throw new IllegalStateException(e); }
    }
}
