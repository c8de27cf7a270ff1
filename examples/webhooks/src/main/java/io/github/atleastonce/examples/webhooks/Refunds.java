package io.github.atleastonce.examples.webhooks;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import com.stripe.param.RefundCreateParams;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** Gives back what was charged, by Stripe, which may answer late or not at all. */
@Service
class Refunds {

    private final JdbcTemplate jdbc;
    private final StripeClient stripe;
    private final boolean remembering;

    Refunds(
            JdbcTemplate jdbc,
            @Value("${stripe.api:https://api.stripe.com}") String api,
            @Value("${stripe.api-key:sk_test}") String key,
            @Value("${stripe.one-key-for-each-refund:true}") boolean remembering) {
        this.jdbc = jdbc;
        this.stripe = StripeClient.builder()
                .setApiKey(key)
                .setApiBase(api)
                .setMaxNetworkRetries(0)
                .build();
        this.remembering = remembering;
    }

    /** Takes note that a charge is to be given back. */
    void want(String charge) {
        jdbc.update("INSERT INTO refund VALUES (?)", charge);
    }

    /** Gives back what is noted; what fails is tried again the next time. A scheduler calls it again and again. */
    void give() {
        for (String charge : wanted()) {
            try {
                stripe.v1()
                        .refunds()
                        .create(RefundCreateParams.builder().setCharge(charge).build(), options(charge));
                jdbc.update("DELETE FROM refund WHERE charge = ?", charge);
            } catch (StripeException notAnswered) {
                return;
            }
        }
    }

    private RequestOptions options(String charge) {
        String key = remembering ? "refund-" + charge : UUID.randomUUID().toString();
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }

    List<String> wanted() {
        return jdbc.query("SELECT charge FROM refund ORDER BY charge", (row, number) -> row.getString("charge"));
    }
}
