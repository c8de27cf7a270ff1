package io.github.atleastonce.examples.shipping;

/**
 * An order was placed.
 *
 * @param orderId the order
 * @param weight in grams
 */
public record OrderPlaced(String orderId, int weight) {}
