package io.github.atleastonce.examples.shipping;

/**
 * A shipment is wanted.
 *
 * @param orderId for which order
 * @param tenant for whom
 * @param weight in grams
 */
public record ShipmentRequested(String orderId, String tenant, int weight) {}
