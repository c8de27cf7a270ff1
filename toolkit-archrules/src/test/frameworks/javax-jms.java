// publishes: OrderPlaced
// consumes: OrderPlaced
package shop.order;
public record OrderPlaced(String orderId) implements java.io.Serializable {}
package shop.order;
public class OrderService {
    javax.jms.JMSContext context; javax.jms.Queue queue;
    public void place(String id) { context.createProducer().send(queue, new OrderPlaced(id)); }
}
package shop.payment;
public class PaymentListener implements javax.jms.MessageListener {
    com.fasterxml.jackson.databind.ObjectMapper json;
    public void onMessage(javax.jms.Message message) {
        try { System.out.println(json.readValue(((javax.jms.TextMessage) message).getText(), shop.order.OrderPlaced.class)); }
        catch (Exception e) { throw new IllegalStateException(e); }
    }
}
