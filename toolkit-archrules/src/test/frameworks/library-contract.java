// library: org.lib
// publishes: OrderPlaced orders
// consumes: PaymentTaken payments
package org.lib;
public class PaymentTaken { public String id; }
package org.lib;
public class OrderPlaced { public String id; }
package shop.order;
public class Orders {
    org.springframework.kafka.core.KafkaTemplate<String, Object> kafka;
    void place() { kafka.send("orders", new org.lib.OrderPlaced()); }
    @org.springframework.kafka.annotation.KafkaListener(topics = "payments") void on(org.lib.PaymentTaken event) { System.out.println(event); }
}
