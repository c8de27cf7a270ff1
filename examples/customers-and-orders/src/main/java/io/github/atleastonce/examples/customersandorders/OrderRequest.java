package io.github.atleastonce.examples.customersandorders;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a customer wants. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(OrderRequest.PlaceOrder.class), @JsonSubTypes.Type(OrderRequest.CancelOrder.class)})
public sealed interface OrderRequest {

    /** Names the order that it is about. */
    String orderId();

    /** An order is placed. */
    record PlaceOrder(String orderId, String customerId, int total) implements OrderRequest {}

    /** An order is not wanted any more. Once it was approved it is too late. */
    record CancelOrder(String orderId) implements OrderRequest {}
}
