package shop;

import java.util.Set;
import java.util.function.Consumer;

/** Books each order once. */
public final class Accounts {

    private final Set<String> booked;
    private final Consumer<String> books;

    /**
     * @param booked what was booked; it outlives the process
     * @param books books an order
     */
    public Accounts(Set<String> booked, Consumer<String> books) {
        this.booked = booked;
        this.books = books;
    }

    public void on(String order) {
        if (!booked.contains(order)) {
            books.accept(order);
        }
    }
}
