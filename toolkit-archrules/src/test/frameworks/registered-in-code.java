// consumes: something orders
// consumes: something
package shop.order;
public class Consuming {
    com.rabbitmq.client.Channel channel;
    void start() throws java.io.IOException { channel.basicConsume("orders", false, (tag, delivery) -> System.out.println(delivery), tag -> {}); }
}
package shop.order;
public class Reactive {
    reactor.kafka.receiver.KafkaReceiver<String, String> receiver;
    void start() { receiver.receive().subscribe(); }
}
