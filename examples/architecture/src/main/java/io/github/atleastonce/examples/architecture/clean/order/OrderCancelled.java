package io.github.atleastonce.examples.architecture.clean.order;

/** An order was cancelled. */
public record OrderCancelled(String orderId) {}
