// publishes: something orders
// consumes: something ticks
// consumes: something raw
// consumes: Integer counts
// Some messages have no payload, or none of whose type anything is said; a send to a destination that is set elsewhere says nothing at all.
package shop.order;
@io.micronaut.configuration.kafka.annotation.KafkaClient
public interface OrderBell {
    @io.micronaut.configuration.kafka.annotation.Topic("orders") void ring();
}
package shop.order;
public class OrderService {
    OrderBell bell;
    org.springframework.jms.core.JmsTemplate jms;
    public void place() {
        bell.ring();
        jms.send(session -> session.createMessage());
    }
}
package shop.payment;
public class Ticks {
    @org.springframework.jms.annotation.JmsListener(destination = "ticks") public void tick() { System.out.println("tick"); }
    @org.springframework.jms.annotation.JmsListener(destination = "raw") @SuppressWarnings("rawtypes")
    public void raw(org.springframework.messaging.Message message) { System.out.println(message); }
    @org.springframework.jms.annotation.JmsListener(destination = "counts") public void count(Integer howMany) { System.out.println(howMany); }
}
