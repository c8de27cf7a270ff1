package io.github.atleastonce.examples.architecture.planted.order;

import io.github.atleastonce.examples.architecture.Planted;

/** Carries the entity, so each change of the table reaches the consumers. */
@Planted("events_should_not_expose_entities")
public record OrderPlaced(String orderId, Order order) {}
