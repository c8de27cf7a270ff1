package shop.order;
public record OrderPlaced(String orderId) {}
package shop.order;
public class OrderService { %sender void place() { %send{orders new OrderPlaced("")}; } }
