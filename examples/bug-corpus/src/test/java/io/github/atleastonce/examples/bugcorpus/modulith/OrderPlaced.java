package io.github.atleastonce.examples.bugcorpus.modulith;

/** Tells others of an order; stored as JSON while it waits for its listener. */
public record OrderPlaced(String order) {}
