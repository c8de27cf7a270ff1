package io.github.atleastonce.examples.architecture.clean.order;

/** An order was placed. */
public record OrderPlaced(String orderId, int total) {}
