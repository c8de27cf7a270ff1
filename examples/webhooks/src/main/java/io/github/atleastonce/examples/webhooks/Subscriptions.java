package io.github.atleastonce.examples.webhooks;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.stripe.model.Event;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What customers have paid, and how their subscriptions are, as Stripe says it: more than once perhaps, and in any order. */
@Service
class Subscriptions {

    private final JdbcTemplate jdbc;
    private final boolean remembering;
    private final boolean comparing;

    Subscriptions(
            JdbcTemplate jdbc,
            @Value("${stripe.remember-events:true}") boolean remembering,
            @Value("${stripe.compare-times:true}") boolean comparing) {
        this.jdbc = jdbc;
        this.remembering = remembering;
        this.comparing = comparing;
    }

    /** Takes an event into account, once. */
    @Transactional
    void on(Event event) {
        if (remembering
                && jdbc.update("INSERT INTO stripe_event VALUES (?) ON CONFLICT DO NOTHING", event.getId()) == 0) {
            return;
        }
        JsonObject object = JsonParser.parseString(
                        event.getDataObjectDeserializer().getRawJson())
                .getAsJsonObject();
        switch (event.getType()) {
            case "invoice.paid" ->
                credit(text(object, "customer"), object.get("amount_paid").getAsInt());
            case "customer.subscription.created", "customer.subscription.updated", "customer.subscription.deleted" ->
                follow(text(object, "id"), text(object, "status"), event.getCreated());
            default -> {
                // Stripe has many more; what is not of interest was received, too.
            }
        }
    }

    private static String text(JsonObject object, String name) {
        return object.get(name).getAsString();
    }

    private void credit(String customer, int amount) {
        if (jdbc.update("UPDATE account SET credit = credit + ? WHERE customer = ?", amount, customer) == 0) {
            jdbc.update("INSERT INTO account VALUES (?, ?)", customer, amount);
        }
    }

    /** Keeps the newest status; what is older comes too late. */
    private void follow(String subscription, String status, long time) {
        int newer = jdbc.update(
                "UPDATE subscription SET status = ?, as_of = ? WHERE id = ? AND (as_of < ? OR ?)",
                status,
                time,
                subscription,
                time,
                !comparing);
        if (newer == 0) {
            jdbc.update("INSERT INTO subscription VALUES (?, ?, ?) ON CONFLICT DO NOTHING", subscription, status, time);
        }
    }
}
