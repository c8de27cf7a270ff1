package io.github.atleastonce.examples.tablequeue;

/** Packs what lies in the table {@code task}, one order at a time. */
@FunctionalInterface
public interface Packing {

    /** Packs the next order, and says whether there was one. */
    boolean packNext();
}
