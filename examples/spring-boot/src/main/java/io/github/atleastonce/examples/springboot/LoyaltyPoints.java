package io.github.atleastonce.examples.springboot;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The points of all customers; a database would hold them in a real service. */
@Component
public class LoyaltyPoints {

    private final Map<String, Integer> points = new ConcurrentHashMap<>();
    private final Set<String> booked = ConcurrentHashMap.newKeySet();

    /**
     * Books points for an order, once.
     *
     * @param orderId the order
     * @param customer who gets the points
     * @param amount how many
     */
    public void book(String orderId, String customer, int amount) {
        if (booked.add(orderId)) {
            points.merge(customer, amount, Integer::sum);
        }
    }

    /**
     * Returns the points of a customer.
     *
     * @param customer who
     * @return how many
     */
    public int of(String customer) {
        return points.getOrDefault(customer, 0);
    }

    /** Forgets all. */
    public void clear() {
        points.clear();
        booked.clear();
    }
}
