package io.github.atleastonce.saga;

/** What is said in the process of an order: commands, replies, and how it ends. */
sealed interface OrderEvent {

    String orderId();

    record OrderPlaced(String orderId) implements OrderEvent {}

    record ReserveCredit(String orderId, int command) implements OrderEvent {}

    record CreditReserved(String orderId) implements OrderEvent {}

    record CreditRefused(String orderId) implements OrderEvent {}

    record ReleaseCredit(String orderId) implements OrderEvent {}

    record CreditReleased(String orderId) implements OrderEvent {}

    record ReserveStock(String orderId, int command) implements OrderEvent {}

    record StockReserved(String orderId) implements OrderEvent {}

    record StockRefused(String orderId) implements OrderEvent {}

    record ReleaseStock(String orderId) implements OrderEvent {}

    record StockReleased(String orderId) implements OrderEvent {}

    record BookDelivery(String orderId, int command) implements OrderEvent {}

    record DeliveryBooked(String orderId) implements OrderEvent {}

    record DeliveryRefused(String orderId) implements OrderEvent {}

    record OrderApproved(String orderId, int event) implements OrderEvent {}

    record OrderRejected(String orderId, int event) implements OrderEvent {}
}
