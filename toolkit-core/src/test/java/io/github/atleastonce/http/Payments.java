package io.github.atleastonce.http;

import io.github.atleastonce.scenario.Scenario;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A service that charges a card for each order, at a third party. What is declared outside of the boot stands for the database. */
final class Payments {

    /** A client of HTTP. */
    @FunctionalInterface
    interface Client {

        /** Posts JSON, and returns the status. */
        int post(String url, String idempotencyKey, String json) throws Exception;
    }

    /** Which idempotency key an order gets. */
    enum Key {
        /** Its own: the same each time. */
        OF_ORDER,
        /** A new one for each attempt. */
        OF_ATTEMPT;

        UnaryOperator<String> keys() {
            Map<String, Integer> attempts = new HashMap<>();
            return this == OF_ORDER ? order -> order : order -> order + "/" + attempts.merge(order, 1, Integer::sum);
        }
    }

    private Payments() {}

    static String charge(String order) {
        return "{\"orderId\":\"" + order + "\",\"amount\":30}";
    }

    /** Lets two orders be paid, and returns what was paid. */
    static Set<String> pay(Scenario scenario, String url, Client client, Key key) {
        return pay(scenario, url, client, key, "o-1", "o-2");
    }

    /** Lets orders be paid, and returns what was paid. */
    static Set<String> pay(Scenario scenario, String url, Client client, Key key, String... orders) {
        Set<String> paid = new TreeSet<>();
        UnaryOperator<String> keys = key.keys();
        scenario.service("payments", life -> {
            life.subscribe("orders", String.class, order -> {
                if (!paid.contains(order)) {
                    int status = client.post(url + "/charges", keys.apply(order), charge(order));
                    if (status >= 300) {
                        throw new IOException("The charge of " + order + " was answered " + status + ".");
                    }
                    life.step("commit", () -> paid.add(order));
                }
            });
            return life;
        });
        for (String order : orders) {
            scenario.channel("orders").send(order, order);
        }
        scenario.settle();
        return paid;
    }
}
