package shop.orders;

/**
 * What a saga knows of its order.
 *
 * @param id the id of the order
 * @param customer who buys
 * @param item what is bought
 * @param amount what it costs
 */
public record Order(String id, String customer, String item, int amount) {}
