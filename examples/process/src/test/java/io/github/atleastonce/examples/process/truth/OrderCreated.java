package io.github.atleastonce.examples.process.truth;

/** What the service reads. */
public record OrderCreated(String id, String customer, int total) {}
