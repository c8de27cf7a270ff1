// generations: present
// consumes: Incoming orders
// consumes: something rows
// library: org.lib
// A listener takes what a library has, and a library's kind of tree says nothing.
package org.lib;
public class Incoming { public String id; }
package shop.order;
public class Listeners {
    @org.springframework.kafka.annotation.KafkaListener(topics = "orders") public void on(org.lib.Incoming event) { System.out.println(event); }
    @org.springframework.kafka.annotation.KafkaListener(topics = "rows") public void rows(com.fasterxml.jackson.databind.node.ObjectNode row) { System.out.println(row); }
}
