package io.github.atleastonce.examples.quickstart;

/**
 * An order was created, and its amount is to be reserved.
 *
 * @param orderId the order
 * @param customerId whose credit is used
 * @param amount how much
 */
public record OrderCreated(String orderId, String customerId, int amount) {}
