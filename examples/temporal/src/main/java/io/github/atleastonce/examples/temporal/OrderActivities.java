package io.github.atleastonce.examples.temporal;

import io.temporal.activity.ActivityInterface;

/** What the workflow of an order has done, and taken back. */
@ActivityInterface
public interface OrderActivities {

    /**
     * Reserves credit.
     *
     * @param order for what
     */
    void reserve(PlaceOrder order);

    /**
     * Takes the reservation back, if there is one.
     *
     * @param order for what
     */
    void release(PlaceOrder order);

    /**
     * Charges the card.
     *
     * @param order for what
     */
    void charge(PlaceOrder order);

    /**
     * Gives back what the card was charged with, if it was.
     *
     * @param order for what
     */
    void refund(PlaceOrder order);

    /**
     * Packs a parcel, unless the item is out of stock.
     *
     * @param order for what
     */
    void pack(PlaceOrder order);
}
