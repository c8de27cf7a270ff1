package io.github.atleastonce.examples.temporal;

/** How an order has ended. */
public sealed interface OrderEvent {

    /** Returns the id of the order. */
    String order();

    /**
     * Everything was done.
     *
     * @param order the id of the order
     */
    record OrderPacked(String order) implements OrderEvent {}

    /**
     * Nothing was done that was not taken back.
     *
     * @param order the id of the order
     */
    record OrderRejected(String order) implements OrderEvent {}
}
