package io.github.atleastonce.examples.bugcorpus;

/** An order; also what tells others of it. */
public record Order(String id, String customer, int amount) {}
