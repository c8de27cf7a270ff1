package io.github.atleastonce.http;

/** An order that is to be paid. */
record OrderPlaced(String id, int amount) {}
