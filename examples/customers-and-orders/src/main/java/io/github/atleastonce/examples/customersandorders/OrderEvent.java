package io.github.atleastonce.examples.customersandorders;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What the services tell each other. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(OrderEvent.OrderCreated.class),
    @JsonSubTypes.Type(OrderEvent.OrderApproved.class),
    @JsonSubTypes.Type(OrderEvent.OrderRejected.class),
    @JsonSubTypes.Type(OrderEvent.OrderCancelled.class),
    @JsonSubTypes.Type(OrderEvent.CreditReserved.class),
    @JsonSubTypes.Type(OrderEvent.CreditLimitExceeded.class),
    @JsonSubTypes.Type(OrderEvent.CreditReleased.class)
})
public sealed interface OrderEvent {

    /** Names the order that it is about. */
    String orderId();

    /** An order waits for credit. */
    record OrderCreated(String orderId, String customerId, int total) implements OrderEvent {}

    /** The order will be delivered. */
    record OrderApproved(String orderId) implements OrderEvent {}

    /** The order will not be delivered, since there is no credit. */
    record OrderRejected(String orderId) implements OrderEvent {}

    /** The order will not be delivered, since its customer does not want it any more. */
    record OrderCancelled(String orderId) implements OrderEvent {}

    /** There is credit for the order. */
    record CreditReserved(String orderId) implements OrderEvent {}

    /** There is no credit for the order. */
    record CreditLimitExceeded(String orderId) implements OrderEvent {}

    /** The credit of the order is free again. */
    record CreditReleased(String orderId) implements OrderEvent {}
}
