package io.github.atleastonce.odd;

/** What the test sends: take so much off the credit, once. */
record Order(long number, int amount) {

    /** Returns the key of its messages. */
    String id() {
        return "o-" + number;
    }
}
