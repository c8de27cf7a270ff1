package io.github.atleastonce.report;

import io.github.atleastonce.run.Life;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A credit service for stories, with tables that outlive it and transactions that do not. */
final class Customers {

    record OrderCreated(String order, String customer, int amount) {}

    record OrderCancelled(String order) {}

    /** What is committed. */
    static final class Tables {

        final Map<String, Integer> credit = new HashMap<>(Map.of("c-1", 100));
        final Map<String, String> status = new HashMap<>();
        final Set<String> seen = new HashSet<>();
    }

    private final Life life;
    private final Tables tables;

    Customers(Life life, Tables tables) {
        this.life = life;
        this.tables = tables;
    }

    /** Forgets to ask whether it has seen the order. */
    void reserve(OrderCreated order) {
        int left = tables.credit.get(order.customer()) - order.amount();
        life.step("UPDATE customer");
        tables.credit.put(order.customer(), left);
        life.step("COMMIT");
    }

    /** Keeps what it has seen in the same transaction. */
    void reserveOnce(OrderCreated order) {
        if (tables.seen.contains(order.order())) {
            return;
        }
        int left = tables.credit.get(order.customer()) - order.amount();
        life.step("INSERT seen");
        life.step("UPDATE customer");
        tables.seen.add(order.order());
        tables.credit.put(order.customer(), left);
        life.step("COMMIT");
    }
}
