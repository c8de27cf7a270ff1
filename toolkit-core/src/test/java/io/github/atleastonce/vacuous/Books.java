package io.github.atleastonce.vacuous;

import io.github.atleastonce.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/** A shop that books each order that it gets, so a duplicate twice: whatever passes over it is in vain. */
final class Books {

    private final List<String> booked = new ArrayList<>();

    List<String> booked() {
        return booked;
    }

    /** Boots the shop. */
    Books in(Scenario scenario) {
        scenario.service("shop", life -> {
            life.subscribe("orders", String.class, order -> life.step("insert", () -> booked.add(order)));
            return life;
        });
        return this;
    }

    /** Boots the shop, and sends it an order. */
    static List<String> ordered(Scenario scenario) {
        Books books = new Books().in(scenario);
        order(scenario);
        return books.booked;
    }

    static void order(Scenario scenario) {
        scenario.channel("orders").send("o-1", "o-1");
    }
}
