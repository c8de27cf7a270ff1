package shop.payment;
public record OrderPlaced(String orderId) {}
package shop.payment;
public class PaymentService { %listen{on shop.payment.OrderPlaced event} { System.out.println(event); } }
