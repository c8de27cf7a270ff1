package io.github.atleastonce.evolution;

/** The class of today, which has the name of another one in an earlier release. */
record Shipped(String orderId, int parcels) {}
