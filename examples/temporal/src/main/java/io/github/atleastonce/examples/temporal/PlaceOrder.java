package io.github.atleastonce.examples.temporal;

/**
 * Somebody wants to buy something.
 *
 * @param order the id of the order
 * @param customer who buys
 * @param item what is bought
 * @param amount what it costs
 */
public record PlaceOrder(String order, String customer, String item, int amount) {}
